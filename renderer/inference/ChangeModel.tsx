import { Button, Group, Modal, Select, Text } from '@mantine/core'
import { useState } from 'react'
import type { Inference, Model } from '../../main/contract/index.ts'
import { useSwitchModel } from '../api/actions.ts'
import { useModels } from '../api/queries.ts'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'

const named = ({ spec }: Model) => `${spec.name} ${spec.version}`

/** Puts another model of the project under the inference while it runs. Nothing where there is no other. */
export function ChangeModel({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const [opened, setOpened] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const change = useSwitchModel()
  const { data: models = [] } = useModels(inference.project.id)
  const { model, slug, nextModel } = inference
  const others = models.filter(({ id, spec }) => id !== model.id && spec.task === model.task)
  if (others.length === 0) return null
  const close = () => {
    setOpened(false)
    change.reset()
  }
  const put = () => chosen !== null && change.mutate({ slug, model: chosen }, { onSuccess: close })
  return (
    <>
      <Button variant="subtle" size="compact-md" loading={nextModel?.failed === null} onClick={() => setOpened(true)}>
        {t('details.changeModel')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('details.changeModelTitle', { name: inference.name })}>
        <Text size="sm">{t('details.changeModelText')}</Text>
        <Select
          mt="md"
          label={t('details.nextModel')}
          data={others.map((item) => ({ value: item.id, label: named(item) }))}
          value={chosen}
          onChange={setChosen}
          error={errorWords(t, change.error)}
        />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={close}>
            {t('ui.cancel')}
          </Button>
          <Button disabled={chosen === null} loading={change.isPending} onClick={put}>
            {t('details.changeModel')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
