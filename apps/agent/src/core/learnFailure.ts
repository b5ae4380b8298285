import type { Event } from './Event.ts'
import type { LeaseWork, State } from './State.ts'

/** Takes in that an effect failed. Most are simply tried again later; these change what is known of the lease. */
export function learnFailure(state: State, { effect, reason, hopeless }: Event & { type: 'failed' }): State {
  if (!('leaseId' in effect)) return state
  const lease = state.leases[effect.leaseId]
  if (!lease) return state
  const edit = (changes: Partial<LeaseWork>): State => ({
    ...state,
    leases: { ...state.leases, [lease.id]: { ...lease, ...changes } },
  })
  const attempts = (state.backoff[`${effect.type} ${lease.id}`]?.attempts ?? 0) + 1
  switch (effect.type) {
    case 'prepareDirectory':
      // The renter hears the reason and may send the manifest again.
      return lease.step === 'sending' ? edit({ manifest: null, step: 'confirmed', reason }) : state
    case 'startWorkload':
      return lease.step === 'starting' && !lease.handle ? edit({ step: 'failed', reason }) : state
    case 'verifyDevices':
      // A program that is already done cannot be looked into.
      if (lease.exit || attempts >= 3) return edit({ devices: 'missing', reason: lease.exit ? lease.reason : reason })
      return state
    case 'sendStart':
      return hopeless && lease.step === 'starting' ? edit({ step: 'failed', reason }) : state
    default:
      return state
  }
}
