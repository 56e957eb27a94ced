import type { Inspection, TensorInfo } from '../../main/contract/index.ts'
import { formatBytes } from '../ui/format.ts'
import { KeyValue } from '../ui/KeyValue.tsx'
import { Panel } from '../ui/Screen.tsx'
import { useWords, type Words } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** What the file is, and its tensors as it declares them. */
export function FilePanel({ inspection }: { inspection: Inspection }) {
  const { t } = useWords()
  return (
    <Panel title={t('models.file.title')}>
      <div className={styles.pad}>
        <KeyValue
          entries={[
            ...fileEntries(t, inspection),
            ...inspection.inputs.map((tensor) => [t('models.file.input'), tensorWords(tensor)] as const),
            ...inspection.outputs.map(
              (tensor, at) => [t('models.file.output', { at: at + 1 }), tensorWords(tensor)] as const
            )
          ]}
        />
      </div>
    </Panel>
  )
}

type FileFacts = Pick<Inspection, 'fileName' | 'bytes' | 'sha256' | 'opset' | 'dataFiles'>

/** The file's name, size, hash, operator set and data files, for a list of names and values. */
export function fileEntries(t: Words, { fileName, bytes, sha256, opset, dataFiles = [] }: FileFacts) {
  return [
    [t('models.file.name'), fileName],
    [t('models.file.data'), dataFiles.length > 0 ? dataFiles.join(', ') : null],
    [t('models.file.size'), formatBytes(bytes)],
    [t('models.file.opset'), opset === null ? t('models.file.opsetUnknown') : String(opset)],
    ['SHA-256', <code className={styles.hash}>{sha256}</code>]
  ] as const
}

const tensorWords = ({ name, type, shape }: TensorInfo) =>
  `${name}  ${type} [${shape.map((axis) => axis ?? '?').join(', ')}]`
