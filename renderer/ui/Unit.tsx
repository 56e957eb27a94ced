import { Text } from '@mantine/core'

/** The unit at the right end of a number's field. */
export function Unit({ of }: { of: string }) {
  return (
    <Text size="sm" c="dimmed" pr={10}>
      {of}
    </Text>
  )
}
