/** What each folder may import: the folder's name is the permission (ARCHITECTURE.md). */

const packages = 'node_modules'
const places = '^renderer/(projects|setup|inference|labels|data|settings)/'

/** A rule: files under `from` may reach nothing that matches `to` but what matches `except`. */
const only = (name, comment, from, to, except = []) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to, pathNot: except }
})

module.exports = {
  forbidden: [
    only('contract-alone', 'The contract imports zod and itself.', '^main/contract/', '.', [
      '^main/contract/',
      `${packages}/zod/`
    ]),
    only('base-alone', 'Base imports nothing of ours.', '^main/base/', '^(main|preload|renderer|build|test)/', [
      '^main/base/'
    ]),
    only('engine', 'The engine imports contract and base.', '^main/engine/', '^(main|preload|renderer|build|test)/', [
      '^main/(engine|contract|base)/'
    ]),
    only(
      'engine-starts-fast',
      'The engine imports the parts of the contract that it uses: all the routes would take a third of its start.',
      '^main/engine/',
      '^main/contract/(index|routes)'
    ),
    only(
      'host',
      'The host imports contract and base, and of the engine only its protocol.',
      '^main/host/',
      '^(main|preload|renderer|build|test)/',
      ['^main/(host|contract|base)/', '^main/engine/protocol\\.ts$']
    ),
    only(
      'services-know-no-http',
      'Host domains never import the server; only createHost puts them together.',
      '^main/host/(?!server/|(createHost|openServices)\\.ts$)',
      `^main/host/(server/|(createHost|openServices)\\.ts$)|${packages}/(fastify|@fastify)`
    ),
    only(
      'entries',
      'Command line and shell import host, contract and base, and nothing of each other.',
      '^main/(cli|electron)/',
      '^(main|preload|renderer|build|test)/',
      ['^main/(host|contract|base)/', '^main/$1/']
    ),
    only(
      'electron-only-in-shell',
      'Only the shell and the bridge import Electron: it cannot be loaded under plain Node.',
      '^(main/(?!electron/)|renderer/|bin/|test/(?!electron/))',
      `^electron$|${packages}/electron/`
    ),
    only('bridge', 'The bridge imports Electron and the names of its channels.', '^preload/', '.', [
      '^preload/',
      '^electron$',
      `${packages}/electron/`,
      '^main/electron/channels\\.ts$'
    ]),
    only('renderer', 'The window imports of ours only the contract.', '^renderer/', '^(main|preload|build|test|bin)/', [
      '^main/contract/'
    ]),
    {
      name: 'places-apart',
      comment: 'A place of the window imports ui, api and platform, never another place or the frame.',
      severity: 'error',
      from: { path: places },
      to: { path: '^renderer/', pathNot: ['^renderer/$1/', '^renderer/(ui|api|platform)/'] }
    },
    {
      name: 'shared-pieces-below-places',
      comment: 'What all places share knows none of them.',
      severity: 'error',
      from: { path: '^renderer/(ui|api|platform)/' },
      to: { path: `${places}|^renderer/app/` }
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      from: { path: '^(main|preload|renderer|bin)/' },
      to: { path: '^test/' }
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^[./]*dist/' }
    },
    {
      name: 'product-dependencies',
      comment: 'What ships as it is needs its packages in `dependencies`.',
      severity: 'error',
      from: { path: '^main/(?!electron/)' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] }
    }
  ],
  options: {
    doNotFollow: { path: packages },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'build/tsconfig.base.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default']
    }
  }
}
