/** How the documentation looks, in light and dark, without anything from elsewhere. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d9dce1, #3a3f47); --soft: light-dark(#f4f5f7, #1f2329); }
body { margin: 0; font: 15px/1.6 system-ui, sans-serif; }
main { max-width: 880px; margin: 0 auto; padding: 32px 20px 80px; }
h1 { font-size: 26px; margin: 0 0 8px; }
h2 { font-size: 19px; margin: 40px 0 8px; padding-top: 16px; border-top: 1px solid var(--line); }
figure { margin: 12px 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
figcaption { padding: 6px 12px; font-weight: 600; font-size: 13px; border-bottom: 1px solid var(--line); }
pre { margin: 0; padding: 12px; overflow-x: auto; background: var(--soft); font-size: 13px; line-height: 1.5; }
code { font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; font-size: 0.92em; }
pre code { font-size: inherit; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); }
td { font-variant-numeric: tabular-nums; }
a { color: light-dark(#0b5cad, #7db7f5); }
`
