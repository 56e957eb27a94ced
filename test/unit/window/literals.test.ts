import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
/** Attributes and properties that somebody sees or hears. */
const said = ['title', 'label', 'aria-label', 'aria-valuetext', 'aria-description', 'placeholder', 'alt', 'data-hint']
const saidByParts = ['description', 'text', 'hint', 'help', 'message', 'error', 'inputLabel', 'thumbLabel']
const isSaid = (name: string) => said.includes(name) || saidByParts.includes(name)

/** Names, units, statuses and code, which are the same in every language. */
const anywhere = /^(Lineside|p50|p95|p99 ms|NG|SHA-256|http\S*|curl .*)$/

/** Letters that stand in the text itself, not in what fills it. */
function wordsIn(node: ts.Node): string | null {
  const text = ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ')
    : ts.isStringLiteralLike(node) || ts.isJsxText(node)
      ? node.text
      : ''
  const plain = text.replace(/\s+/g, ' ').trim()
  return /\p{L}/u.test(plain) && !anywhere.test(plain) ? plain : null
}

/** Texts in the source of a screen that belong into the catalogue. */
function literalsOf(source: string, kind = ts.ScriptKind.TSX): string[] {
  const found: string[] = []
  const look = (node: ts.Node) => {
    const words = wordsIn(node)
    if (words !== null && isShown(node)) found.push(words)
    ts.forEachChild(node, look)
  }
  look(ts.createSourceFile('screen', source, ts.ScriptTarget.Latest, true, kind))
  return found
}

/** A text between tags, or what an attribute or a property that is shown is given. */
function isShown(node: ts.Node): boolean {
  if (ts.isJsxText(node)) return true
  let given = node
  while (isTransparent(given.parent, given)) given = given.parent
  const to = given.parent
  if (ts.isJsxExpression(to)) return ts.isJsxAttribute(to.parent) ? isSaid(to.parent.name.getText()) : true
  if (ts.isJsxAttribute(to)) return isSaid(to.name.getText())
  return ts.isPropertyAssignment(to) && to.initializer === given && isSaid(to.name.getText().replaceAll("'", ''))
}

/** Gives on what is in it: parentheses, either side of a choice, what stands beside an operator. */
function isTransparent(node: ts.Node, inner: ts.Node): boolean {
  if (ts.isConditionalExpression(node)) return node.condition !== inner
  if (ts.isBinaryExpression(node)) return !/[=<>]/.test(node.operatorToken.getText())
  return ts.isParenthesizedExpression(node)
}

it('finds what is written into a screen', () => {
  const source = `
    const a = <p title="Two words" className="some-class">Hello {name}, <b>{busy ? 'Wait' : t('ui.close')}</b></p>
    const b = <Field label={'Label ' + name} placeholder={\`up to \${most}\`} value={on === 'on' ? 1 : 2} />
    const c = <Item data={[{ value: 'all', label: 'All of them' }]} aria-label={(x && 'Close')} />`
  expect(literalsOf(source)).toEqual(['Two words', 'Hello', 'Wait', 'Label', 'up to', 'All of them', 'Close'])
})

it('every word that the window shows comes from its catalogue', () => {
  const files = globSync('renderer/**/*.{ts,tsx}', { cwd: root }).filter((file) => !/[\\/]words[\\/]/.test(file))
  expect(files.length).toBeGreaterThan(100)
  const found = files.flatMap((file) => {
    const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
    return literalsOf(readFileSync(join(root, file), 'utf8'), kind).map((text) => `${file}: ${text}`)
  })
  expect(found).toEqual([])
})
