import '@fontsource-variable/inter'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app/theme.css'
import { config } from 'zod'

// Before the contract's schemas are made, hence the import below: zod would else compile them with `new Function`,
// which the window's content security policy refuses.
config({ jitless: true })

const { showApp } = await import('./app/App.tsx')
const root = document.getElementById('root')
if (root) await showApp(root)
