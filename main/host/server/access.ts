// Who may call which route:
// - the window's session (a cookie) and the host's token open all of them;
// - a key opens the line's routes; those with a scope, and the window's routes that have one, only with that scope;
// - without any of these the line's routes are open, unless keys are required: then nothing of the API is.
import type { FastifyRequest } from 'fastify'
import type { KeyScope, RouteContract } from '../../contract/index.ts'
import type { Keys } from '../keys/keys.ts'
import { Refusal } from '../refusal.ts'
import type { Sessions } from './sessions.ts'

type Caller = { kind: 'window' } | { kind: 'key'; scopes: readonly KeyScope[] } | { kind: 'nobody' }

/** Tells who calls, and whether that may be. */
export class Access {
  readonly sessions: Sessions
  readonly #keys: Keys
  readonly #areKeysRequired: () => boolean

  constructor(sessions: Sessions, keys: Keys, areKeysRequired: () => boolean) {
    this.sessions = sessions
    this.#keys = keys
    this.#areKeysRequired = areKeysRequired
  }

  /** For whatever belongs to the API, before its route is looked at. @throws Refusal UNAUTHENTICATED */
  requireSomebody(request: FastifyRequest): void {
    if (this.#areKeysRequired() && this.#callerOf(request).kind === 'nobody') throw keyNeeded()
  }

  /** @throws Refusal UNAUTHENTICATED, FORBIDDEN_SCOPE */
  requireSession(request: FastifyRequest): void {
    const caller = this.#callerOf(request)
    if (caller.kind === 'nobody') throw sessionNeeded()
    if (caller.kind === 'key') throw new Refusal('FORBIDDEN_SCOPE', 'An API key does not open this route.')
  }

  /** @throws Refusal UNAUTHENTICATED, FORBIDDEN_SCOPE */
  require(request: FastifyRequest, { access, scope }: Pick<RouteContract, 'access' | 'scope'>): void {
    if (access === 'line' && !this.#areKeysRequired()) return
    if (scope === undefined) return access === 'line' ? undefined : this.requireSession(request)
    const caller = this.#callerOf(request)
    if (caller.kind === 'nobody') throw access === 'line' ? keyNeeded() : sessionNeeded()
    if (caller.kind === 'window' || caller.scopes.includes(scope)) return
    throw new Refusal('FORBIDDEN_SCOPE', `This key has the scope ${caller.scopes.join(', ')}; ${scope} is needed here.`)
  }

  #callerOf(request: FastifyRequest): Caller {
    const session = request.cookies[cookieName(request)]
    if (session !== undefined && this.sessions.has(session)) return { kind: 'window' }
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer === undefined) return { kind: 'nobody' }
    if (this.sessions.isToken(bearer)) return { kind: 'window' }
    const scopes = this.#keys.scopesOf(bearer)
    return scopes ? { kind: 'key', scopes } : { kind: 'nobody' }
  }
}

/** Cookies know no ports, so the port is in the name. */
export function cookieName(request: FastifyRequest): string {
  return `lineside-${request.socket.localPort}`
}

function keyNeeded(): Refusal {
  const detail =
    'This Lineside asks for a key on every route: send `Authorization: Bearer` with an API key of its settings.'
  return new Refusal('UNAUTHENTICATED', detail)
}

function sessionNeeded(): Refusal {
  return new Refusal(
    'UNAUTHENTICATED',
    'This needs the window’s session or `Authorization: Bearer` with the token in host.json of the data folder. ' +
      'Open the window with the link that `lineside serve` printed.'
  )
}
