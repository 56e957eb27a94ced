import { setFlagsFromString } from 'node:v8'

/**
 * For a process that is a host and nothing else: its heap may grow to three times what lives before all of it is gone
 * through. Pictures lie outside the heap but count, so that V8 else collects everything, 20 to 40 ms each time, every
 * few dozen requests; this way they are freed by the short collections of what is young. Of the host's time for a
 * request that was more than half. It costs some 60 MB at the most.
 */
export function letHeapGrow(): void {
  setFlagsFromString('--heap-growing-percent=200')
}
