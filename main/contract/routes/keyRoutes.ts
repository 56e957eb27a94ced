import { createdKey, key, newKey } from '../keys.ts'
import { list } from '../primitives.ts'
import { route } from '../route.ts'
import { byId } from './parts.ts'

/** Keys of line software (F23). No key makes or ends keys. */
export const keyRoutes = {
  listKeys: route({
    method: 'GET',
    path: '/v1/keys',
    access: 'window',
    tag: 'keys',
    summary: 'All API keys, the oldest first',
    answer: list(key)
  }),
  createKey: route({
    method: 'POST',
    path: '/v1/keys',
    access: 'window',
    tag: 'keys',
    summary: 'Make an API key; what is sent as the key is in this answer and nowhere else',
    body: newKey,
    status: 201,
    answer: createdKey,
    errors: ['NAME_TAKEN']
  }),
  revokeKey: route({
    method: 'DELETE',
    path: '/v1/keys/{id}',
    access: 'window',
    tag: 'keys',
    summary: 'Revoke an API key; from now on nothing is opened by it',
    params: byId,
    status: 204,
    errors: ['NOT_FOUND']
  })
} as const
