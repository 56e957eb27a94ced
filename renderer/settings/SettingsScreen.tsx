import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { useLive } from '../api/live.ts'
import { useSettings } from '../api/queries.ts'
import { formatBytes, formatNumber } from '../ui/format.ts'
import { KeyValue } from '../ui/KeyValue.tsx'
import { Panel, Screen } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { HostHealth } from './HostHealth.tsx'
import { HostLog } from './HostLog.tsx'
import { Keys } from './Keys.tsx'
import { Resources } from './Resources.tsx'
import { languageChoices, useLanguageChoice } from '../ui/words/language.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './settings.module.css'

/** What Lineside is and how it was set up, and how this window looks. */
export function SettingsScreen() {
  const { t } = useWords()
  return (
    <Screen title={t('places.settings')}>
      <div className={styles.groups}>
        <Appearance />
        <Resources />
        <Keys />
        <About />
        <Machine />
        <HostHealth />
        <HostLog />
      </div>
    </Screen>
  )
}

const schemes: MantineColorScheme[] = ['auto', 'light', 'dark']

function Appearance() {
  const { t } = useWords()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [language, setLanguage] = useLanguageChoice()
  return (
    <Panel title={t('settings.appearance')}>
      <Choice
        label={t('settings.theme')}
        help={t('settings.themeHelp')}
        value={colorScheme}
        options={schemes.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
        onChange={setColorScheme}
      />
      <Choice
        label={t('settings.language')}
        help={t('settings.languageHelp')}
        value={language}
        options={languageChoices.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
        onChange={setLanguage}
      />
    </Panel>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  help: string
  value: T
  options: { value: T; label: string }[]
  onChange: (value: T) => void
}

function Choice<T extends string>({ label, help, value, options, onChange }: ChoiceProps<T>) {
  const choose = (chosen: string) => {
    const option = options.find((one) => one.value === chosen)
    if (option) onChange(option.value)
  }
  return (
    <div className={styles.row}>
      <div>
        <div className={layout.strong}>{label}</div>
        <div className={layout.small}>{help}</div>
      </div>
      <SegmentedControl value={value} onChange={choose} data={options} aria-label={label} />
    </div>
  )
}

function About() {
  const { t } = useWords()
  const { data } = useSettings()
  if (!data) return null
  return (
    <Panel title={t('settings.about')}>
      <div className={styles.facts}>
        <KeyValue
          entries={[
            [t('settings.version'), data.version],
            [t('settings.url'), data.url],
            [t('settings.dataFolder'), data.dataFolder],
            [t('settings.bodyLimit'), formatBytes(data.bodyLimitBytes)],
            [t('settings.pixelLimit'), t('settings.megapixels', { value: formatNumber(data.pixelLimit / 1e6) })],
            [t('settings.defaultThreads'), formatNumber(data.defaultThreads)],
            [
              t('settings.docs'),
              <a key="docs" href="/docs" target="_blank" rel="noreferrer">
                {t('settings.openDocs')}
              </a>
            ]
          ]}
        />
        <p className={layout.small}>{t('settings.aboutHelp')}</p>
      </div>
    </Panel>
  )
}

function Machine() {
  const { t } = useWords()
  const now = useLive((state) => state.workstation)
  if (!now) return null
  const of = (used: number, total: number) => t('settings.of', { used: formatBytes(used), total: formatBytes(total) })
  return (
    <Panel title={t('settings.workstation')}>
      <div className={styles.facts}>
        <KeyValue
          entries={[
            [t('foot.cpu'), t('settings.cores', { count: now.cpu.cores })],
            [t('settings.gpu'), now.gpu ?? t('settings.noGpu')],
            [t('foot.memory'), of(now.memory.usedBytes, now.memory.totalBytes)],
            [t('foot.disk'), of(now.disk.freeBytes, now.disk.totalBytes)]
          ]}
        />
      </div>
    </Panel>
  )
}
