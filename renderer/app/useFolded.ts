import { useMediaQuery } from '@mantine/hooks'

/** Whether the rail shows icons only, which then need names; `Rail.module.css` has the same width. */
export const useFolded = () => useMediaQuery('(max-width: 1099px)')
