import { VisuallyHidden } from '@mantine/core'
import type { Inspection, Model } from '../../main/contract/index.ts'
import { formatBytes } from '../ui/format.ts'
import layout from '../ui/layout.module.css'
import { useWords, type Words } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** What differs between a model and a file that may take its place. */
export function CompareFiles({ model, inspection }: { model: Model; inspection: Inspection }) {
  const { t } = useWords()
  return (
    <table className={layout.table}>
      <thead>
        <tr>
          <th>
            <VisuallyHidden>{t('models.compare.what')}</VisuallyHidden>
          </th>
          <th>{t('models.compare.now')}</th>
          <th>{t('models.compare.next')}</th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(t, model, inspection).map(([what, now, next]) => (
          <tr key={what}>
            <td className={layout.muted}>{t(`models.compareRows.${what}`)}</td>
            <td className={styles.compared}>{now}</td>
            <td className={styles.compared}>
              {now === next ? <span className={layout.muted}>{t('models.compare.same')}</span> : next}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function rowsOf(t: Words, model: Model, inspection: Inspection) {
  const { spec: now } = model
  const { spec: next } = inspection
  const opset = (value: number | null) => value?.toString() ?? t('models.file.opsetUnknown')
  const size = (input: { width?: number | undefined; height?: number | undefined }) =>
    `${input.width ?? '?'} × ${input.height ?? '?'}`
  return [
    ['file', model.fileName, inspection.fileName],
    ['size', formatBytes(model.bytes), formatBytes(inspection.bytes)],
    ['hash', model.sha256.slice(0, 12), inspection.sha256.slice(0, 12)],
    ['opset', opset(model.opset), opset(inspection.opset)],
    ['family', t(`families.${now.family}`), next.family ? t(`families.${next.family}`) : t('models.sources.missing')],
    ['input', size(now.input), size(next.input)],
    ['classes', `${now.classes.length}`, classWords(t, now.classes, next.classes)]
  ] as const
}

/** How the classes differ, by name; how many there are where they do not. */
function classWords(t: Words, now: readonly string[], next: readonly string[] | undefined): string {
  if (!next) return t('models.sources.missing')
  const more = next.filter((name) => !now.includes(name))
  const less = now.filter((name) => !next.includes(name))
  const words = [
    ...(more.length > 0 ? [t('models.classesMore', { count: more.length, names: shortList(more) })] : []),
    ...(less.length > 0 ? [t('models.classesLess', { count: less.length, names: shortList(less) })] : [])
  ]
  return words.length > 0 ? words.join('; ') : `${next.length}`
}

const shortList = (names: readonly string[]) => names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '')
