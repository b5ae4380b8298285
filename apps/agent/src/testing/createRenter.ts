import type { LeaseWork } from '../core/State.ts'
import { testDigest, testWorkload, type World } from './createWorld.ts'

/** What a renter does with his lease; `closesAt` is the step at which he closes it on the ledger. */
export type RenterScript = {
  durationSeconds?: number
  sends?: boolean
  closesAt?: LeaseWork['step'] | null
  stopsAt?: LeaseWork['step'] | null
}

/** Opens a lease and, asked again and again, does the next thing the renter has to do: as one with a flaky line would. */
export function createRenter(world: World, script: RenterScript = {}): { leaseId: string; act(): Promise<void> } {
  const { durationSeconds = 30, sends = true, closesAt = null, stopsAt = null } = script
  const leaseId = world.ledger.open({ durationSeconds, workloadDigest: testDigest })
  return {
    leaseId,
    async act() {
      const lease = world.lease(leaseId)
      if (!lease) return
      if (lease.step === closesAt) world.ledger.close(leaseId)
      const tell = (event: Parameters<ReturnType<World['loop']>['dispatch']>[0]) => void world.loop().dispatch(event)
      if (lease.step === stopsAt) tell({ type: 'stopRequested', leaseId })
      if (sends && lease.step === 'confirmed') tell({ type: 'manifestAccepted', leaseId, manifest: testWorkload })
      if (lease.step === 'sending' && lease.prepared) {
        for (const { sha256 } of testWorkload.files) tell({ type: 'fileReceived', leaseId, sha256 })
        tell({ type: 'runRequested', leaseId })
      }
      await world.settle()
    },
  }
}

/** Lets time pass until the agent has forgotten the lease; fails when it never does. */
export async function liveToTheEnd(
  world: World,
  renter: ReturnType<typeof createRenter>,
  limitSeconds = 400,
): Promise<void> {
  let seen = false
  for (let second = 0; second < limitSeconds; second++) {
    await world.second()
    await renter.act()
    const isHere = world.lease(renter.leaseId) !== undefined
    seen ||= isHere
    if (seen && !isHere) return
  }
  const lease = world.lease(renter.leaseId)
  throw new RangeError(`lease ${renter.leaseId} is still "${lease?.step}" after ${limitSeconds} s`)
}
