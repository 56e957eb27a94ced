import { Button } from '@mantine/core'
import type { Inference } from '../../main/contract/index.ts'
import { useClearRefusedImages } from '../api/actions.ts'
import { formatBytes, formatNumber, formatShare } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { toastError } from '../ui/toast.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

/** What each engine process does and uses, and which pictures are kept away from them. */
export function InstancesPanel({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const { instances } = inference
  if (instances.length === 0 && inference.refusedImages === 0) return null
  const head = ['state', 'requests', 'memory', 'cpu', 'restarts'] as const
  return (
    <Panel title={t('details.instancesTitle')}>
      <table className={layout.table}>
        <thead>
          <tr>
            <th>{t('details.instanceColumns.number')}</th>
            {head.map((column) => (
              <th key={column} className={column === 'state' ? undefined : layout.right}>
                {t(`details.instanceColumns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {instances.map((item) => (
            <tr key={`${item.number} ${item.pid}`}>
              <td>{item.number}</td>
              <td>{t(`instance.${item.state}`)}</td>
              <td className={layout.right}>{formatNumber(item.requests)}</td>
              <td className={layout.right}>{item.memoryBytes === null ? '–' : formatBytes(item.memoryBytes)}</td>
              <td className={layout.right}>{item.cpuShare === null ? '–' : formatShare(item.cpuShare)}</td>
              <td className={layout.right}>{formatNumber(item.restarts)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {inference.refusedImages > 0 && <Refused inference={inference} />}
    </Panel>
  )
}

function Refused({ inference: { slug, refusedImages } }: { inference: Inference }) {
  const { t } = useWords()
  const clear = useClearRefusedImages()
  return (
    <div className={styles.notice}>
      <span>{t('details.refusedImages', { count: refusedImages })}</span>
      <Button
        variant="outline"
        color="gray"
        c="var(--text)"
        size="compact-md"
        loading={clear.isPending}
        onClick={() => clear.mutate(slug, { onError: (error) => toastError(t('details.notCleared'), error) })}
      >
        {t('details.clearRefused')}
      </Button>
    </div>
  )
}
