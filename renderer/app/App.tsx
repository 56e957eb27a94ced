import type { i18n } from 'i18next'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { I18nextProvider } from 'react-i18next'
import { RouterProvider } from 'react-router'
import { ApiProblem } from '../api/call.ts'
import { createLiveStore } from '../api/eventStore.ts'
import { followEvents } from '../api/eventStream.ts'
import { LiveContext } from '../api/live.ts'
import { findPlatform, PlatformContext } from '../platform/platform.ts'
import { createWindowRouter } from './router.tsx'
import { cssVariablesResolver, themeFor } from './theme.ts'
import { toastError } from '../ui/toast.ts'
import { createWords } from '../ui/words/createWords.ts'
import { firstLanguage, loadLanguage, useLanguage } from '../ui/words/language.ts'
import { useWords } from '../ui/words/useWords.ts'

/** What the window is made of, put together once. */
function createParts(words: i18n) {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: false,
        // A refusal stays one; only a host that did not answer is worth another try.
        retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2
      }
    }
  })
  return {
    queries,
    live: createLiveStore(),
    words,
    router: createWindowRouter(),
    platform: findPlatform()
  }
}

function App({ words: given }: { words: i18n }) {
  const [{ queries, live, words, router, platform }] = useState(() => createParts(given))
  useEffect(() => followEvents(live, queries), [live, queries])
  useEffect(refuseStrayDrops, [])
  useChosenLanguage(words)
  return (
    <I18nextProvider i18n={words}>
      <QueryClientProvider client={queries}>
        <LiveContext value={live}>
          <PlatformContext value={platform}>
            <Themed>
              <Notifications position="bottom-right" limit={3} />
              <RouterProvider router={router} />
            </Themed>
          </PlatformContext>
        </LiveContext>
      </QueryClientProvider>
    </I18nextProvider>
  )
}

function Themed({ children }: { children: ReactNode }) {
  const { t } = useWords()
  const theme = useMemo(() => themeFor(t), [t])
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  )
}

/** Goes over to the language that is chosen, at once. */
function useChosenLanguage(words: i18n) {
  const language = useLanguage()
  useEffect(() => {
    if (language === words.language) return
    const superseded = new AbortController()
    loadLanguage(words, language)
      .then(async () => {
        if (!superseded.signal.aborted) await words.changeLanguage(language)
      })
      .catch((error: unknown) => toastError(words.t('settings.languageFailed'), error))
    return () => superseded.abort()
  }, [words, language])
}

/** A file that is dropped beside the areas that take one would else replace the window. */
function refuseStrayDrops() {
  const refuse = (event: DragEvent) => event.preventDefault()
  window.addEventListener('dragover', refuse)
  window.addEventListener('drop', refuse)
  return () => {
    window.removeEventListener('dragover', refuse)
    window.removeEventListener('drop', refuse)
  }
}

/** Draws the window into an element of the page, in its language from the start. */
export async function showApp(root: HTMLElement) {
  const words = createWords()
  words.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  const language = firstLanguage()
  // Where it cannot be fetched the window is there all the same, and says so.
  await loadLanguage(words, language).then(
    () => words.changeLanguage(language),
    () => null
  )
  createRoot(root).render(<App words={words} />)
}
