import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { keyScope, newKey, type CreatedKey } from '../../main/contract/index.ts'
import { useCreateKey } from '../api/actions.ts'
import { ApiProblem } from '../api/call.ts'
import { CodeBlock, CopyButton } from '../ui/CopyBlock.tsx'
import { issuesByPath } from '../ui/issueWords.ts'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'

/** Makes a key, and shows it this once. */
export function NewKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords()
  const [created, setCreated] = useState<CreatedKey | null>(null)
  const close = () => {
    setCreated(null)
    onClose()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={created ? t('apiKeys.createdTitle', { name: created.name }) : t('apiKeys.new')}
      closeOnClickOutside={!created}
    >
      {created ? <Created secret={created.secret} onClose={close} /> : <Form onClose={close} onCreated={setCreated} />}
    </Modal>
  )
}

function Form({ onClose, onCreated }: { onClose: () => void; onCreated: (key: CreatedKey) => void }) {
  const { t } = useWords()
  const [given, setGiven] = useState<{ name: string; scopes: string[] }>({ name: '', scopes: ['predict'] })
  const [tried, setTried] = useState(false)
  const create = useCreateKey()
  const parsed = newKey.safeParse(given)
  const errors = tried ? issuesByPath(t, parsed.error) : {}
  const taken = create.error instanceof ApiProblem && create.error.problem.code === 'NAME_TAKEN'
  const save = (event: SyntheticEvent) => {
    event.preventDefault()
    setTried(true)
    if (parsed.success) create.mutate(parsed.data, { onSuccess: onCreated })
  }
  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={t('apiKeys.name')}
          placeholder={t('apiKeys.namePlaceholder')}
          value={given.name}
          error={errors.name ?? (taken ? t('issues.taken') : errorWords(t, create.error))}
          onChange={(event) => setGiven({ ...given, name: event.currentTarget.value })}
        />
        <Checkbox.Group
          label={t('apiKeys.scopes')}
          value={given.scopes}
          error={errors.scopes && t('apiKeys.noScope')}
          onChange={(scopes) => setGiven({ ...given, scopes })}
        >
          <Stack gap="xs" mt="xs">
            {keyScope.options.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={t(`apiKeys.scope.${scope}`)}
                description={t(`apiKeys.scopeHelp.${scope}`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('apiKeys.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Created({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useWords()
  return (
    <Stack gap="md">
      <Text size="sm">{t('apiKeys.createdText')}</Text>
      <CodeBlock text={secret} address={secret} label={t('apiKeys.secret')} />
      <Group justify="flex-end" gap="xs">
        <CopyButton text={secret} />
        <Button onClick={onClose}>{t('apiKeys.done')}</Button>
      </Group>
    </Stack>
  )
}
