import js from '@eslint/js'
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const entries = ['main/cli/lineside.ts', 'main/electron/main.ts', 'main/host/createHost.ts']
const mayPrint = ['main/cli/**', 'main/electron/**', 'build/**', 'test/**', 'bin/**']

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a name that is the same everywhere can be searched for.'
}
const noEnvironment = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'Only entries read the environment; everything below is given its configuration.'
}

const ownWords = {
  name: 'react-i18next',
  message: 'The window’s texts come from ui/words, whose keys the compiler checks.'
}

/** Lines of a file and of a function. */
const sizes = (file, body) => ({
  'max-lines': ['error', { max: file }],
  'max-lines-per-function': ['error', { max: body, skipComments: true, skipBlankLines: true }]
})

export default defineConfig([
  globalIgnores([
    'dist/',
    'release/',
    'coverage/',
    '.vite/',
    'test-results/',
    'playwright-report/',
    'resources/',
    'test/fixtures/'
  ]),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['node', 'renderer', 'electron', 'tools'].map((name) => `build/tsconfig.${name}.json`),
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }
      ],
      // A function may be async because its interface is, and `void` may say that a promise is left alone.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', noDefaultExport, noEnvironment],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      eqeqeq: 'error',
      ...sizes(300, 60)
    }
  },
  { files: mayPrint, rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', noDefaultExport] } },
  { files: ['**/*.config.ts', 'test/globalSetup.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['renderer/**'],
    extends: [reactHooks.configs.flat.recommended],
    // It warns of what React's compiler would skip; the compiler is not used.
    rules: {
      'react-hooks/incompatible-library': 'off',
      'no-restricted-imports': ['error', { paths: [ownWords] }]
    }
  },
  { files: ['renderer/ui/words/**', 'renderer/app/App.tsx'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['renderer/**/*.ts'], rules: sizes(300, 80) },
  { files: ['renderer/**/*.tsx'], rules: sizes(300, 150) },
  // Tables, each of which is looked up in as a whole.
  { files: ['main/contract/routes.ts', 'renderer/ui/words/**'], rules: { 'max-lines': 'off' } },
  { files: entries, rules: { 'max-lines': ['error', { max: 150 }] } },
  {
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      // What a test reads of an answer it expects something of, which no type replaces.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // How a fixture of Playwright says that it needs no other.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }]
    }
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        URL: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly'
      }
    }
  }
])
