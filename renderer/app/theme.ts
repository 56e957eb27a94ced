import {
  Button,
  createTheme,
  defaultVariantColorsResolver,
  InputWrapper,
  Menu,
  Modal,
  Notification,
  NumberInput,
  rem,
  Select,
  Switch,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver
} from '@mantine/core'
import { decimalSeparator } from '../ui/format.ts'
import type { Words } from '../ui/words/useWords.ts'

/** One shade ten times: this palette has no shades, its colours are the variables of `theme.css`. */
const flat = (color: string): MantineColorsTuple => [
  color,
  color,
  color,
  color,
  color,
  color,
  color,
  color,
  color,
  color
]

const roles = ['accent', 'red', 'green', 'amber', 'blue', 'slate', 'gray']

/** Buttons and badges take their colours from the roles of `theme.css`, so that both themes keep their contrast. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const role = input.color ?? 'accent'
  if (!roles.includes(role)) return defaultVariantColorsResolver(input)
  const color = `var(--${role})`
  const tint = `var(--${role}-tint)`
  const plain = { background: 'transparent', hover: tint, color, border: '1px solid transparent' }
  switch (input.variant) {
    case 'filled':
      return { background: color, hover: `var(--${role}-hover, ${color})`, color: 'var(--on-filled)', border: 'none' }
    case 'light':
      return { background: tint, hover: tint, color, border: '1px solid transparent' }
    case 'outline':
      return { background: 'var(--surface)', hover: 'var(--hover)', color, border: '1px solid var(--control-line)' }
    case 'subtle':
    case 'transparent':
      return plain
    default:
      return defaultVariantColorsResolver(input)
  }
}

/** How Mantine's parts look, with what they say in the window's language. */
export const themeFor = (t: Words) =>
  createTheme({
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontFamilyMonospace: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
    primaryColor: 'accent',
    colors: {
      accent: flat('var(--accent)'),
      red: flat('var(--red)'),
      // Mantine's own greys of the dark theme, from its text to its ground, in this palette.
      dark: [
        '#e7eaef',
        '#c3cad4',
        '#9aa5b4',
        '#8b96a6',
        '#3a4350',
        '#2b333e',
        '#161a20',
        '#12161b',
        '#0f1216',
        '#0a0c0f'
      ]
    },
    defaultRadius: 6,
    radius: { sm: '4px', md: '6px' },
    fontSizes: { xs: rem(12), sm: rem(14), md: rem(14), lg: rem(16), xl: rem(20) },
    lineHeights: { md: '1.45' },
    headings: { fontWeight: '600', sizes: { h1: { fontSize: rem(20), lineHeight: rem(24) } } },
    cursorType: 'pointer',
    focusRing: 'auto',
    respectReducedMotion: true,
    variantColorResolver,
    components: {
      Button: Button.extend({ styles: { root: { fontWeight: 500 } } }),
      InputWrapper: InputWrapper.extend({
        defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
        styles: {
          label: { fontSize: rem(12), fontWeight: 400, color: 'var(--muted)', marginBottom: rem(5) },
          description: { fontSize: rem(12), marginTop: rem(5) },
          error: { fontSize: rem(12), marginTop: rem(5) }
        }
      }),
      Menu: Menu.extend({
        // The first item has the focus: the placeholder that would have it is none of the things that a menu may hold.
        defaultProps: { shadow: 'md', position: 'bottom-end', withinPortal: true, withInitialFocusPlaceholder: false }
      }),
      Modal: Modal.extend({
        defaultProps: {
          centered: true,
          radius: 8,
          transitionProps: { duration: 120 },
          // Its title's `header` is no second banner of the page.
          attributes: { header: { role: 'presentation' } },
          closeButtonProps: { 'aria-label': t('ui.close') }
        }
      }),
      Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': t('ui.close') } } }),
      Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withArrow: true } }),
      Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: 'right' } }),
      // A point and a comma are both understood; the language's own one is shown.
      NumberInput: NumberInput.extend({
        defaultProps: { hideControls: true, clampBehavior: 'none', decimalSeparator: decimalSeparator() }
      }),
      Switch: Switch.extend({ defaultProps: { size: 'md', withThumbIndicator: false } })
    }
  })

const shared = {
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-error': 'var(--red)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--control-line)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-disabled': 'var(--hover)',
  '--mantine-color-disabled-color': 'var(--muted)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
  '--mantine-color-accent-light': 'var(--accent-tint)',
  '--mantine-color-accent-light-hover': 'var(--accent-tint)',
  '--mantine-color-accent-light-color': 'var(--accent)',
  '--mantine-color-accent-outline': 'var(--accent)',
  '--mantine-color-red-filled': 'var(--red)',
  '--mantine-color-red-light-color': 'var(--red)',
  '--mantine-primary-color-contrast': 'var(--on-filled)'
}

/** Mantine's own variables, all from the roles of `theme.css`. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared })
