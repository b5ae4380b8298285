import type { Fact } from './Event.ts'
import { learnMachine } from './learnMachine.ts'
import { recall } from './recall.ts'
import { type LeaseWork, type LedgerLease, newLease, type Settings, type State } from './State.ts'
import { followHead } from './time.ts'

/** Takes a fact into the state. Facts about leases that are not here change nothing. */
export function learn(state: State, fact: Fact, { nowMs, settings }: { nowMs: number; settings: Settings }): State {
  switch (fact.type) {
    case 'booted':
      return recall(state, fact.records)
    case 'headSeen':
      return followHead(state, fact, nowMs)
    case 'leaseSeen':
      return seeLease(state, fact.leaseId, fact.lease)
    case 'manifestAccepted':
      return change(state, fact.leaseId, (lease) =>
        lease.step === 'confirmed' ? { ...lease, manifest: fact.manifest, prepared: false, received: [] } : lease,
      )
    case 'directoryReady':
      return change(state, fact.leaseId, (lease) => ({ ...lease, prepared: true, received: fact.received }))
    case 'fileReceived':
      return change(state, fact.leaseId, (lease) =>
        lease.received.includes(fact.sha256) ? lease : { ...lease, received: [...lease.received, fact.sha256] },
      )
    case 'runRequested':
      return change(state, fact.leaseId, (lease) => ({ ...lease, runRequested: true }))
    case 'stopRequested':
      return change(state, fact.leaseId, (lease) => ({ ...lease, stopRequested: true }))
    case 'started':
      return change(state, fact.leaseId, (lease) => ({ ...lease, handle: fact.handle, handleAtMs: nowMs }))
    case 'devicesVerified':
      return change(state, fact.leaseId, (lease) => ({ ...lease, devices: 'verified' }))
    case 'devicesMissing':
      return change(state, fact.leaseId, (lease) => ({
        ...lease,
        devices: 'missing',
        reason: lease.exit?.reason === 'exited' ? lease.reason : fact.reason,
      }))
    case 'exited':
      return change(state, fact.leaseId, (lease) =>
        lease.exit ? lease : { ...lease, exit: fact.exit, exitedAtMs: nowMs },
      )
    case 'wiped':
      return change(state, fact.leaseId, (lease) => ({ ...lease, wiped: true, received: [], prepared: false }))
    default:
      return { ...state, machine: learnMachine(state, fact, { nowMs, settings }) }
  }
}

function change(state: State, leaseId: string, edit: (lease: LeaseWork) => LeaseWork): State {
  const lease = state.leases[leaseId]
  return lease ? { ...state, leases: { ...state.leases, [leaseId]: edit(lease) } } : state
}

function seeLease(state: State, leaseId: string, seen: LedgerLease | null): State {
  const known = state.leases[leaseId]
  if (!known) {
    // One that is done, or that another life of this agent has dealt with, is none of ours.
    if (!seen || (seen.state !== 'open' && seen.state !== 'running')) return state
    return { ...state, leases: { ...state.leases, [leaseId]: newLease(leaseId, seen) } }
  }
  const ledger: LedgerLease = seen ?? { ...known.ledger, state: 'none' }
  return change(state, leaseId, (lease) => ({ ...lease, ledger, endsAtMs: toEndsAt(state, lease, ledger) }))
}

/** By our own clock, and only moved when it really moved: each change is a line in the journal. */
function toEndsAt(state: State, lease: LeaseWork, ledger: LedgerLease): number | null {
  if (ledger.paidUntil === 0 || state.head === null) return lease.endsAtMs
  const endsAtMs = ledger.paidUntil * 1000 - state.head.aheadMs
  const moved = lease.endsAtMs === null || Math.abs(endsAtMs - lease.endsAtMs) > 2_000
  return moved ? endsAtMs : lease.endsAtMs
}
