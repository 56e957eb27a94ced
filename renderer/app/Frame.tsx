import { useCallback, useMemo, useRef, useState } from 'react'
import { Outlet, ScrollRestoration } from 'react-router'
import { useLive } from '../api/live.ts'
import { KeysContext, useKeyPresses, type ScreenKey } from '../ui/keys.ts'
import { Breadcrumbs } from './Breadcrumbs.tsx'
import { ConnectionBar } from './ConnectionBar.tsx'
import { KeysHelp } from './KeysHelp.tsx'
import { useKeptFocus } from './keptFocus.ts'
import { Locked } from './Locked.tsx'
import { FindButton, Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './Frame.module.css'

type KeySource = () => readonly ScreenKey[]

/** What stays in sight on every screen: the rail, the way here, the palette, and how it stands with the host. */
export function Frame() {
  const { t } = useWords()
  useKeptFocus()
  const locked = useLive((state) => state.connection.kind === 'locked')
  const sources = useRef(new Set<KeySource>())
  const [listed, setListed] = useState<ScreenKey[] | null>(null)
  const register = useCallback((source: KeySource) => {
    sources.current.add(source)
    return () => void sources.current.delete(source)
  }, [])
  const keys = useMemo(() => ({ register }), [register])
  const general = {
    key: '?',
    label: t('keys.help'),
    act: () => setListed([...sources.current].flatMap((source) => [...source()]))
  }
  useKeyPresses([general])
  if (locked) return <Locked />
  return (
    <KeysContext value={keys}>
      <div className={styles.frame}>
        <a className={styles.skip} href="#main">
          {t('app.skip')}
        </a>
        <ConnectionBar />
        <Rail />
        <header className={styles.top}>
          <Breadcrumbs />
          <FindButton />
        </header>
        <main className={styles.main} id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Palette />
      <KeysHelp keys={listed} onClose={() => setListed(null)} />
      <ScrollRestoration />
    </KeysContext>
  )
}
