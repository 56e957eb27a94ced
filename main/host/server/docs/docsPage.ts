import {
  callExample,
  callLanguages,
  errorCodes,
  fullCallExample,
  keyScope,
  predictQuery,
  routes,
  type CallLanguage,
  type ErrorCode,
  type RouteContract
} from '../../../contract/index.ts'
import { commonErrors } from '../openApi.ts'
import { style } from './docsStyle.ts'
import { escaped, example, paragraph, section, table } from './html.ts'

/** What the page is about: the host as its reader reached it, and an inference for the examples. */
export interface DocsSubject {
  /** Without a slash at its end. */
  url: string
  slug: string
  /** Whether every call needs a key. */
  withKey: boolean
  /** The example clients that are here to be fetched, by file name. */
  clients: readonly string[]
}

const fileNames: Record<CallLanguage, string> = { curl: 'curl', Python: 'python', 'C#': 'csharp', Node: 'node' }

/** The documentation for who writes the line's software, as one page without scripts. */
export function docsPage(subject: DocsSubject): string {
  const body = [predict, everything, otherBodies, answer, errors, keys, control, health, protocol, clients]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lineside for line software</title>
<style>${style}</style>
</head>
<body><main>
<h1>Lineside for line software</h1>
${paragraph(`Post a picture, get predictions. Lineside answers here at \`${subject.url}\`; the examples call the inference \`${subject.slug}\`.`)}
<p><a href="/docs/api">Every route</a>, and the same for programs: <a href="/openapi.json">OpenAPI 3.1</a>.</p>
${body.map((part) => part(subject)).join('\n')}
</main></body>
</html>`
}

function predict({ slug, withKey, url }: DocsSubject): string {
  const endpoint = address(routes.predict, url, slug)
  return section(
    'predict',
    'Predict on a picture',
    paragraph('The body is the picture’s file as it is: JPEG, PNG, WebP, BMP, TIFF or GIF, told by its first bytes.'),
    ...callLanguages.map((one) => example(`predict-${fileNames[one]}`, one, callExample(one, endpoint, withKey)))
  )
}

function everything({ slug, withKey, url }: DocsSubject): string {
  const endpoint = address(routes.predict, url, slug)
  const { masks } = predictQuery.shape
  const rows = [
    [
      '`masks`',
      'query',
      `How masks come: ${masks
        .unwrap()
        .options.map((one) => `\`${one}\``)
        .join(', ')}; the first unless told.`
    ],
    ['`deadlineMs`', 'query', 'After so long the answer is of no use: 504. The setup’s own unless told.'],
    ['`Lineside-Metadata`', 'header', 'A JSON object of texts in UTF-8; overrides the setup’s metadata name by name.'],
    [
      '`X-Request-Id`',
      'header',
      'Comes back in the same header and as `requestId`; stands in the log. Made where it is missing.'
    ],
    ['`Retry-After`', 'of the answer', 'With 429 and 503: seconds after which it is worth to send the request again.']
  ]
  return section(
    'everything',
    'All that a request may say',
    table(['Name', 'Where', 'What'], rows),
    ...callLanguages.map((one) => example(`everything-${fileNames[one]}`, one, fullCallExample(one, endpoint, withKey)))
  )
}

function otherBodies({ slug, withKey, url }: DocsSubject): string {
  const endpoint = address(routes.predict, url, slug)
  const form = `curl --fail-with-body -F image=@picture.jpg -F 'metadata={"Board": "B-1042"}' \\${keyLine(withKey)}
  ${endpoint}`
  const json = `printf '{"image": "%s", "metadata": {"Board": "B-1042"}}' "$(base64 < picture.jpg | tr -d '\\n')" |
curl --fail-with-body --data-binary @- -H "Content-Type: application/json" \\${keyLine(withKey)}
  ${endpoint}`
  return section(
    'bodies',
    'A form, or JSON',
    paragraph(
      'The same by a multipart form with the parts `image` and `metadata`, or as JSON with base64. Options stay in the query.'
    ),
    example('form-curl', 'curl, a form', form),
    example('json-curl', 'curl, JSON', json)
  )
}

function answer(): string {
  return section(
    'answer',
    'The answer',
    table(
      ['Field', 'What'],
      [
        [
          '`predictions`',
          'One for each object or region, or the classes of the picture. `class`, `confidence` from 0 to 1, and `unknown` where that is below the class’s threshold.'
        ],
        [
          '`predictions[].box`',
          '`x`, `y` from the top left, `width`, `height`, in pixels of the picture that was sent. `rotatedBox` of models that have such.'
        ],
        [
          '`predictions[].mask`',
          '`areaPx`, and `polygons` or `rle` (COCO’s compressed form). `sizeThresholds` are those that it meets.'
        ],
        ['`verdict`', '`outcome` is OK, WARN or NG, where the setup has rules for it.'],
        [
          '`sample`',
          'With an `id` the picture is on disk, since before this was sent. `limited` names rules that a limit held back; null where no rule met.'
        ],
        ['`timing`', 'Milliseconds of each stage.']
      ]
    )
  )
}

function errors(): string {
  const { errors: own } = routes.predict
  const codes: ErrorCode[] = ['INVALID_REQUEST', 'UNAUTHENTICATED', 'FORBIDDEN_SCOPE', ...own, ...commonErrors]
  const rows = [...new Set(codes)]
    .map((code) => ({ code, ...errorCodes[code] }))
    .toSorted((a, b) => a.status - b.status)
    .map(({ code, status, title }) => [String(status), `\`${code}\``, title])
  return section(
    'errors',
    'What may be refused',
    paragraph(
      '`application/problem+json` with a `code` that stays the same between versions, and a `detail` for people. 429, 503 and 504 are worth another try; what is 4xx else, is refused again.'
    ),
    table(['Status', 'Code', 'What'], rows)
  )
}

function keys({ withKey }: DocsSubject): string {
  const here = withKey
    ? 'Here every call needs a key: `Authorization: Bearer …`.'
    : 'Here, on this workstation, predicting and looking need none. Where keys are required (always where other machines reach Lineside) every call sends `Authorization: Bearer …`.'
  return section(
    'keys',
    'Keys',
    paragraph(
      `${here} Keys are made and revoked in the window’s settings, and shown once. Scopes: ${keyScope.options.map((one) => `\`${one}\``).join(', ')}.`
    ),
    paragraph('Other machines reach Lineside where it was started with `--listen`, by the names that `--host` gave it.')
  )
}

function control({ slug, url }: DocsSubject): string {
  const calls = [routes.startInference, routes.recordNext, routes.stopInference].map(
    (route) => `curl --fail-with-body -X POST \\${keyLine(true)}\n  ${address(route, url, slug)}`
  )
  return section(
    'control',
    'Start, stop, change product',
    paragraph(
      'With a key of the scope `control`, everywhere. `start` and `stop` answer at once; `status` of the inference tells how far it is.'
    ),
    example('control-curl', 'curl', calls.join('\n'))
  )
}

function health({ slug, withKey, url }: DocsSubject): string {
  const looked = [routes.getInference, routes.ready].map(
    (route) =>
      `curl --fail-with-body${withKey ? ' -H "Authorization: Bearer $LINESIDE_KEY"' : ''} ${address(route, url, slug)}`
  )
  return section(
    'health',
    'Status and health',
    paragraph(
      '`/healthz` is 200 while Lineside is alive; `/readyz` is 503 until everything that should run is healthy. `/metrics` is for Prometheus.'
    ),
    example('health-curl', 'curl', looked.join('\n'))
  )
}

function protocol({ slug, withKey, url }: DocsSubject): string {
  const call = `printf '{"inputs": [{"name": "image", "datatype": "BYTES", "shape": [1], "data": ["%s"]}]}' \\
  "$(base64 < picture.jpg | tr -d '\\n')" |
curl --fail-with-body --data-binary @- -H "Content-Type: application/json" \\${keyLine(withKey)}
  ${address(routes.v2Infer, url, slug)}`
  return section(
    'protocol',
    'Clients of KServe and Triton',
    paragraph(
      'They work as they are: an inference is a model of the Open Inference Protocol, version 2, JSON and binary data. A picture is the `BYTES` tensor `image`; the version `raw` of a model takes the network’s own tensors. `masks`, `deadlineMs` and `metadata.…` are parameters of the request.'
    ),
    example('protocol-curl', 'curl', call)
  )
}

function clients({ clients: names }: DocsSubject): string {
  if (names.length === 0) return ''
  const links = names.map((name) => `<li><a href="/docs/${escaped(name)}">${escaped(name)}</a></li>`)
  return section(
    'clients',
    'Clients to begin with',
    paragraph(
      'One file each, without other packages; take it and change it. They keep the connection, wait where an inference is busy, and know keys.'
    ),
    `<ul>${links.join('')}</ul>`
  )
}

function keyLine(withKey: boolean): string {
  return withKey ? '\n  -H "Authorization: Bearer $LINESIDE_KEY" \\' : ''
}

function address({ path }: RouteContract, url: string, slug: string): string {
  return url + path.replace('{slug}', slug)
}
