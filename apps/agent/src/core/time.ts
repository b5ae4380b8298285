import type { LeaseWork, State } from './State.ts'

/** The ledger's time now, in ms, as far as its newest block tells; null while no block was ever seen. */
export function ledgerNowMs(state: State, nowMs: number): number | null {
  return state.head === null ? null : nowMs + state.head.aheadMs
}

/** When a running lease is paid until, by our clock; the ledger's word when it is known, else the journal's. */
export function endsAtMs(state: State, lease: LeaseWork): number | null {
  const { paidUntil } = lease.ledger
  if (paidUntil > 0 && state.head !== null) return paidUntil * 1000 - state.head.aheadMs
  return lease.endsAtMs
}

/** Whether `seconds` have passed on the ledger since its second `since`. False while the ledger's time is unknown. */
export function hasPassed(state: State, nowMs: number, span: { since: number; seconds: number }): boolean {
  const ledgerMs = ledgerNowMs(state, nowMs)
  return ledgerMs !== null && ledgerMs > (span.since + span.seconds) * 1000
}

/**
 * Follows the ledger's clock. Blocks are seen late, never early, so of two observations the one further ahead is
 * nearer the truth; one that is far behind means the clock of the ledger itself went back.
 */
export function followHead(state: State, seen: { block: number; unixSeconds: number }, nowMs: number): State {
  const aheadMs = seen.unixSeconds * 1000 - nowMs
  const before = state.head
  const isNearer = before === null || aheadMs > before.aheadMs || aheadMs < before.aheadMs - clockWentBackMs
  return { ...state, head: { block: seen.block, aheadMs: isNearer ? aheadMs : before.aheadMs } }
}

/** A quiet chain's newest block may honestly be minutes old; hours mean a restored or replaced chain. */
const clockWentBackMs = 2 * 3600 * 1000
