import { STATUS_CODES } from 'node:http'
import { NoAnswerInTime, type Posted } from './httpPost.ts'

const certificate = 'its certificate was not issued by anyone this workstation trusts; install the issuer’s certificate'

/** What a connection's error means for whoever set the address; `{host}` and `{place}` are filled in. */
const words: Record<string, string> = {
  ENOTFOUND: 'the name “{host}” is not known in this network (DNS); check its spelling or use the IP address',
  EAI_AGAIN: 'the name “{host}” could not be looked up (DNS does not answer); check the network',
  ECONNREFUSED: 'nothing listens at {place}; check the port, and that the receiver is running',
  ECONNRESET: '{place} closed the connection without an answer',
  EPIPE: '{place} closed the connection without an answer',
  EHOSTUNREACH: '{host} cannot be reached; check the cable, the address and the firewall',
  ENETUNREACH: 'no network leads to {host}; check the network of this workstation',
  ETIMEDOUT: '{place} does not answer; check the address and the firewall',
  EPROTO: '{place} does not speak TLS; try http:// instead of https://',
  ERR_SSL_WRONG_VERSION_NUMBER: '{place} does not speak TLS; try http:// instead of https://',
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate,
  SELF_SIGNED_CERT_IN_CHAIN: certificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; check the clock of this workstation',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name than “{host}”'
}

/** Why there was no answer, without what the address holds behind its host. */
export function connectionWords(error: unknown, { hostname, host }: URL): string {
  if (error instanceof NoAnswerInTime) return `${host} gave ${error.message}`
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('HPE_')) return `what ${host} answers is not HTTP; if it speaks TLS, use https://`
  const known = words[code] ?? `{place} cannot be reached (${code || String(error)})`
  return known.replaceAll('{host}', hostname).replaceAll('{place}', host)
}

const advice: Record<number, string> = {
  401: '; it asks for a sign-in, or does not accept the signature: is the secret the same at both ends?',
  403: '; it does not accept the signature or the sender: is the secret the same at both ends?',
  404: '; nothing answers at this path',
  405: '; this path takes no POST',
  413: '; it takes no message of this size',
  415: '; it takes no JSON here'
}

/** Why an answer is no success. */
export function statusWords({ status, location }: Posted): string {
  const said = `${status} ${STATUS_CODES[status] ?? ''}`.trim()
  if (status >= 300 && status < 400) {
    const where = location === undefined ? '' : ` to ${placeOf(location)}`
    return `it answered ${said}, a redirect${where}; redirects are not followed, so set the address itself`
  }
  return `it answered ${said}${advice[status] ?? ''}`
}

/** Host and path of where a redirect leads; what stands in a query may be secret. */
function placeOf(location: string): string {
  return (location.split(/[?#]/)[0] ?? '').slice(0, 200)
}
