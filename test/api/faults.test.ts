import { expect, it } from 'vitest'
import { churn } from '../faults/churn.ts'
import { engineDeaths } from '../faults/engineDeaths.ts'
import { hostDeaths } from '../faults/hostDeaths.ts'
import { overload } from '../faults/overload.ts'
import { samplePictures } from '../faults/samplePictures.ts'
import { soak } from '../faults/soak.ts'
import { Workstation } from '../faults/workstation.ts'

// The proofs of test/faults in short: their counts and laws, not their times.

const pictures = samplePictures()
const patienceMs = 300_000

async function onWorkstation<T>(prove: (station: Workstation) => Promise<T>): Promise<T> {
  const station = await Workstation.start()
  try {
    return await prove(station)
  } finally {
    await station.remove()
  }
}

it(
  'engines die under load, and every request and sample is accounted for',
  async () => {
    const signals = { SIGKILL: 2, SIGSEGV: 1 }
    const found = await onWorkstation((station) => engineDeaths(station, { signals, pictures }))
    expect(found.faults).toEqual([])
    expect(found.strikes).toEqual({ SIGKILL: 2, SIGSEGV: 1, SIGSTOP: 0 })
    expect(found.acknowledged).toBeGreaterThan(10)
  },
  patienceMs
)

it(
  'hosts are killed under load, and what they acknowledged is there when the next one has come up',
  async () => {
    const found = await onWorkstation((station) => hostDeaths(station, { times: 2, pictures }))
    expect(found.faults).toEqual([])
    expect(found.acknowledged).toBeGreaterThan(2)
    expect(found.cut).toBeGreaterThan(0)
  },
  patienceMs
)

it(
  'inferences start, stop and change models in any order, and nothing is left over',
  async () => {
    const found = await onWorkstation((station) => churn(station, { steps: 16, pictures }))
    expect(found.faults).toEqual([])
    expect(found.engines).toBeGreaterThan(4)
  },
  patienceMs
)

it(
  'ten times the capacity is refused at once but for what waits in its turn, and a steady load is answered',
  async () => {
    const found = await onWorkstation(async (station) => ({
      overload: await overload(station, { seconds: 3, pictures }),
      soak: await soak(station, { minutes: 0.1, pictures })
    }))
    expect(found.overload.faults).toEqual([])
    expect(found.overload.requests.refused).toBeGreaterThan(found.overload.requests.accepted)
    expect(found.soak.faults).toEqual([])
    expect(found.soak.requests).toBeGreaterThan(0)
  },
  patienceMs
)
