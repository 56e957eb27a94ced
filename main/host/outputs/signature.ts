import { createHmac } from 'node:crypto'

/**
 * The headers of a signed delivery, as Standard Webhooks has them (standardwebhooks.com): HMAC-SHA256 over
 * `<id>.<timestamp>.<body>`. A receiver that refuses old timestamps cannot be sent an old delivery again by somebody else.
 * @param seconds Of this try, since 1970.
 * @param secret `whsec_` and the key in base64, or a text whose UTF-8 bytes are the key; null signs nothing.
 */
export function deliveryHeaders(id: string, seconds: number, body: Uint8Array, secret: string | null) {
  const headers: Record<string, string> = { 'webhook-id': id, 'webhook-timestamp': String(seconds) }
  if (secret === null) return headers
  const signed = createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.`).update(body)
  return { ...headers, 'webhook-signature': `v1,${signed.digest('base64')}` }
}

function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret)
}
