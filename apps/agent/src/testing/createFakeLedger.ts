import { BaseError, type Clock } from '@hotaru/base'
import type { LedgerLease } from '../core/State.ts'
import type { LedgerPort } from '../ports.ts'

/** A ledger in memory that keeps the rules of the real one, with knobs for what goes wrong. */
export type FakeLedger = LedgerPort & {
  /** Turn at any time. `down`: every call fails. */
  readonly knobs: {
    down: boolean
    acceptWindowSeconds: number
    machineState: 'online' | 'paused'
    isFresh: boolean
    controllers: string[]
    /** Enrolled, and the members of every committee. */
    verifiers: string[]
  }
  /** What was sent and taken, in order: `start 1`, `end 1`, … */
  readonly sent: readonly string[]
  open(lease: { slots?: number[]; durationSeconds: number; workloadDigest: string }): string
  /** What the renter sends. */
  close(leaseId: string): void
  extend(leaseId: string, seconds: number): void
  /** A reorganised chain that never had the lease. */
  undo(leaseId: string): void
  /** Seconds that were paid out and seconds given back, of a closed lease. */
  moneyOf(leaseId: string): { paidSeconds: number; refundedSeconds: number; boughtSeconds: number; isClosed: boolean }
}

type Entry = LedgerLease & { boughtSeconds: number; settledTo: number; paidSeconds: number; refundedSeconds: number }

export function createFakeLedger({ clock, renter = '0xabc' }: createFakeLedger.Options): FakeLedger {
  const entries = new Map<string, Entry>()
  const sent: string[] = []
  const knobs: FakeLedger['knobs'] = {
    down: false,
    acceptWindowSeconds: 30,
    machineState: 'online',
    isFresh: true,
    controllers: [],
    verifiers: [],
  }
  let block = 100
  let endpoint = ''
  let count = 0
  const nowSeconds = () => Math.floor(clock.unixMs() / 1000)
  const up = () => {
    if (knobs.down) throw new DownError()
  }
  const stateOf = (entry: Entry) =>
    entry.state === 'running' && nowSeconds() >= entry.paidUntil ? 'ended' : entry.state
  const need = (leaseId: string, what: string, states: string[]): Entry => {
    up()
    const entry = entries.get(leaseId)
    if (!entry || !states.includes(stateOf(entry))) throw new RevertError(`${what} ${leaseId}`)
    block++
    return entry
  }
  const shut = (entry: Entry, paidTo: number) => {
    const earned = entry.state === 'open' ? 0 : paidTo - entry.settledTo
    entry.paidSeconds += earned
    entry.refundedSeconds = entry.boughtSeconds - entry.paidSeconds
    entry.state = 'closed'
  }
  const isAccepted = (entry: Entry) => entry.accepted || nowSeconds() >= entry.unpaidFrom + knobs.acceptWindowSeconds

  return {
    knobs,
    sent,
    open({ slots = [0], durationSeconds, workloadDigest }) {
      const id = String(++count)
      const times = { unpaidFrom: nowSeconds(), paidUntil: 0, accepted: false, openedBlock: ++block }
      const money = { boughtSeconds: durationSeconds, settledTo: 0, paidSeconds: 0, refundedSeconds: 0 }
      entries.set(id, { state: 'open', renter, slots, durationSeconds, workloadDigest, ...times, ...money })
      return id
    },
    close(leaseId) {
      const entry = entries.get(leaseId)
      if (!entry || entry.state === 'closed') return
      block++
      shut(entry, Math.min(nowSeconds(), entry.paidUntil))
    },
    extend(leaseId, seconds) {
      const entry = need(leaseId, 'extend', ['running'])
      entry.boughtSeconds += seconds
      entry.paidUntil += seconds
    },
    undo(leaseId) {
      block++
      entries.delete(leaseId)
    },
    moneyOf(leaseId) {
      const entry = entries.get(leaseId)
      if (!entry) return { paidSeconds: 0, refundedSeconds: 0, boughtSeconds: 0, isClosed: true }
      const { paidSeconds, refundedSeconds, boughtSeconds } = entry
      return { paidSeconds, refundedSeconds, boughtSeconds, isClosed: entry.state === 'closed' }
    },
    async readHead() {
      up()
      // Time alone makes blocks, as on a real chain.
      return { block: block + Math.floor(clock.monotonicMs() / 1000), unixSeconds: nowSeconds() }
    },
    async listOpened() {
      up()
      return [...entries.keys()]
    },
    async readLease(leaseId) {
      up()
      const entry = entries.get(leaseId)
      if (!entry) return null
      const { boughtSeconds, settledTo, paidSeconds, refundedSeconds, ...lease } = entry
      return { ...lease, state: stateOf(entry) }
    },
    async readMachine() {
      up()
      const classValidUntil = knobs.isFresh ? nowSeconds() + 30 * 86_400 : 0
      return { state: knobs.machineState, endpoint, auditOpen: false, classValidUntil }
    },
    async readAudit(auditId) {
      up()
      const transcript = sent.includes('post 1') ? testChallenge.seed : null
      return auditId === '1' ? { challenge: testChallenge, transcript, ringer: null, members: knobs.verifiers } : null
    },
    async isVerifier(account) {
      up()
      return knobs.verifiers.includes(account)
    },
    async postTranscript(auditId) {
      up()
      sent.push(`post ${auditId}`)
    },
    async mayControl(_leaseId, account) {
      up()
      return knobs.controllers.includes(account)
    },
    async startLease(leaseId) {
      const entry = need(leaseId, 'start', ['open'])
      sent.push(`start ${leaseId}`)
      entry.state = 'running'
      entry.unpaidFrom = nowSeconds()
      entry.settledTo = entry.unpaidFrom
      entry.paidUntil = entry.unpaidFrom + entry.durationSeconds
      entry.durationSeconds = 0
    },
    async endLease(leaseId) {
      const entry = need(leaseId, 'end', ['open', 'running'])
      sent.push(`end ${leaseId}`)
      if (entry.state === 'open') return shut(entry, 0)
      if (isAccepted(entry)) return shut(entry, nowSeconds())
      entry.paidUntil = nowSeconds()
    },
    async settleLease(leaseId) {
      const entry = need(leaseId, 'settle', ['running', 'ended'])
      sent.push(`settle ${leaseId}`)
      if (!isAccepted(entry)) return
      const until = Math.min(nowSeconds(), entry.paidUntil)
      if (until === entry.paidUntil) return shut(entry, until)
      entry.paidSeconds += until - entry.settledTo
      entry.settledTo = until
      entry.unpaidFrom = until
      entry.accepted = true
    },
    async heartbeat() {
      up()
      sent.push('heartbeat')
    },
    async pause() {
      up()
      sent.push('pause')
      knobs.machineState = 'paused'
    },
    async resume() {
      up()
      sent.push('resume')
      knobs.machineState = 'online'
    },
    async requestAudit() {
      up()
      sent.push('requestAudit')
    },
    async setEndpoint(next) {
      up()
      sent.push('setEndpoint')
      endpoint = next
    },
  }
}

/** The smallest challenge there is. */
const testChallenge = {
  ...{ seed: `0x${'11'.repeat(32)}` as const, chainId: 31_337n, machineId: 1n, auditId: 1n },
  ...{ n: 16, rounds: 1, slots: 1 },
} as const

export declare namespace createFakeLedger {
  type Options = { clock: Clock; renter?: string }
}

class DownError extends BaseError {
  override readonly name = 'FakeLedger.DownError'
  constructor() {
    super('Cannot reach the ledger: the knob is "down", expected it up', { retry: 'later' })
  }
}

class RevertError extends BaseError {
  override readonly name = 'FakeLedger.RevertError'
  constructor(what: string) {
    super(`Cannot ${what}: the ledger reverted, expected another state`, { retry: 'never' })
  }
}
