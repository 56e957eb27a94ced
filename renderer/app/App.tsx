import { useEffect, useState } from 'react'
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
import { cssVariablesResolver, theme } from './theme.ts'
import { createWords } from '../ui/words/createWords.ts'

/** What the window is made of, put together once. */
function createParts() {
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
    words: createWords(),
    router: createWindowRouter(),
    platform: findPlatform()
  }
}

function App() {
  const [{ queries, live, words, router, platform }] = useState(createParts)
  useEffect(() => followEvents(live, queries), [live, queries])
  useEffect(refuseStrayDrops, [])
  return (
    <I18nextProvider i18n={words}>
      <QueryClientProvider client={queries}>
        <LiveContext value={live}>
          <PlatformContext value={platform}>
            <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
              <Notifications position="bottom-right" limit={3} />
              <RouterProvider router={router} />
            </MantineProvider>
          </PlatformContext>
        </LiveContext>
      </QueryClientProvider>
    </I18nextProvider>
  )
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

/** Draws the window into an element of the page. */
export function showApp(root: HTMLElement) {
  createRoot(root).render(<App />)
}
