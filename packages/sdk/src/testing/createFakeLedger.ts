import { BaseError, type Clock } from '@hotaru/base'
import { formatTokens, type Lease, type Machine, type Receipt } from '@hotaru/protocol'
import type { Address, Hex } from 'viem'
import type { Ledger, Order } from '../Ledger.ts'
import { createFakeRecords } from './createFakeRecords.ts'

/** What a test may turn while it runs. */
type LedgerKnobs = {
  /** Machines whose slots somebody else takes in the very block. */
  gone: Set<bigint>
  /** The chain does not answer. */
  isDown: boolean
  balance: bigint
  /** Called while a lease is being opened. */
  onOpen?: (() => void) | undefined
}

/** A ledger in memory that keeps a lease's money as the contracts do: rate × seconds, a twentieth burnt, the rest back. */
export type FakeLedger = Ledger & {
  knobs: LedgerKnobs
  machines: Machine[]
  leases: Map<bigint, Lease & { workloadDigest: Hex }>
  findLease(leaseId: bigint): (Lease & { workloadDigest: Hex }) | undefined
  /** Billing begins: what an agent says on the chain when the workload runs. */
  start(leaseId: bigint): void
}

/** Token units a second. */
const rate = 1_000n

export function createFakeLedger({ renter, clock, machines }: createFakeLedger.Options): FakeLedger {
  const knobs: LedgerKnobs = { gone: new Set(), isDown: false, balance: 10n ** 18n }
  const leases: FakeLedger['leases'] = new Map()
  const receipts = new Map<bigint, Receipt>()
  const now = () => Math.floor(clock.unixMs() / 1000)
  const answer = async <T>(read: () => T): Promise<T> => {
    if (knobs.isDown) throw new ChainDownError()
    return read()
  }
  const find = (leaseId: bigint) => {
    const lease = leases.get(leaseId)
    if (!lease) throw new NoSuchError({ what: `lease "${leaseId}"` })
    return lease
  }

  const readMachine = (machineId: bigint) =>
    answer(() => {
      const machine = machines.find(({ id }) => id === machineId)
      if (!machine) throw new NoSuchError({ what: `machine "${machineId}"` })
      return machine
    })

  return {
    ...createFakeRecords({ readMachine }),
    knobs,
    machines,
    leases,
    domain: { chainId: 31_337, leases: '0x00000000000000000000000000000000000000aa' },
    readChain: () =>
      answer(() => ({
        ...{ chainId: 31_337, block: 42n, blockTime: now(), usdPerToken: 250_000n, verifiers: 3 },
        contracts: { leases: '0x00000000000000000000000000000000000000aa' as const },
      })),
    listMachines: () => answer(() => machines),
    readMachine,
    balanceOf: () => answer(() => knobs.balance),
    openLease: (order) =>
      answer(() => {
        knobs.onOpen?.()
        if (knobs.gone.has(order.machineId)) throw new SlotTakenError({ machineId: order.machineId })
        const escrow = rate * BigInt(order.durationSeconds)
        if (knobs.balance < escrow) throw new TooPoorError({ balance: knobs.balance, needed: escrow })
        knobs.balance -= escrow
        const leaseId = BigInt(leases.size + 1)
        leases.set(leaseId, { ...toLease(order, { leaseId, escrow, renter, now: now() }) })
        return { leaseId, rate, escrow, hash: '0x01' as const, gasUsed: 21_000n }
      }),
    closeLease: (leaseId) =>
      answer(() => {
        const lease = find(leaseId)
        if (lease.state === 'closed') return
        const used = lease.state === 'open' ? 0 : Math.min(now(), lease.paidUntil) - lease.unpaidFrom
        const earned = rate * BigInt(used)
        const burnt = earned / 20n
        const refunded = lease.escrow - earned
        knobs.balance += refunded
        const money = { escrow: lease.escrow, paid: earned - burnt, fee: 0n, burnt, refunded }
        receipts.set(leaseId, toReceipt(lease, used, money))
        leases.set(leaseId, { ...lease, state: 'closed', escrow: 0n })
      }),
    readLease: (leaseId) => answer(() => find(leaseId)),
    listLeases: () => answer(() => [...leases.values()].reverse()),
    readReceipt: (leaseId) => answer(() => receipts.get(leaseId) ?? toReceipt(find(leaseId), 0, noMoney)),
    findLease: (leaseId) => leases.get(leaseId),
    start(leaseId) {
      const lease = find(leaseId)
      const paidUntil = now() + lease.durationSeconds
      leases.set(leaseId, { ...lease, state: 'running', unpaidFrom: now(), paidUntil, durationSeconds: 0 })
    },
  }
}

export declare namespace createFakeLedger {
  type Options = { renter: Address; clock: Clock; machines: Machine[] }
}

const noMoney = { escrow: 0n, paid: 0n, fee: 0n, burnt: 0n, refunded: 0n }

type Opening = { leaseId: bigint; escrow: bigint; renter: Address; now: number }

function toLease(order: Order, { leaseId, escrow, renter, now }: Opening): Lease & { workloadDigest: Hex } {
  const { machineId, slots, durationSeconds, workloadDigest } = order
  return {
    ...{ id: leaseId, machineId, renter, payee: 1, operator: 0, state: 'open', slots, burnBps: 500, feeBps: 0, rate },
    ...{ escrow, preemptible: false, accepted: false, durationSeconds, unpaidFrom: now, paidUntil: 0, workloadDigest },
    latestEnd: now + 86_400,
  }
}

function toReceipt(lease: Lease, seconds: number, money: Omit<typeof noMoney, never>): Receipt {
  return {
    ...{ lease: lease.id, machine: lease.machineId, class: 'cpu-c57-m68x1', seconds, ...money, gas: 42_000n },
    transactions: [
      { what: 'open', hash: '0x01', gasUsed: 21_000n },
      { what: 'close', hash: '0x02', gasUsed: 21_000n },
    ],
  }
}

class ChainDownError extends BaseError {
  override readonly name = 'Ledger.UnreachableError'

  constructor() {
    super('Cannot reach the chain: nobody answers, expected an RPC server', { retry: 'later', exitCode: 75 })
  }
}

class SlotTakenError extends BaseError {
  override readonly name = 'Ledger.Leases_SlotsBusy'

  constructor({ machineId }: { machineId: bigint }) {
    super(`Cannot open a lease of machine "${machineId}": its slots are busy, expected free ones`, {
      retry: 'elsewhere',
    })
  }
}

class TooPoorError extends BaseError {
  override readonly name = 'Ledger.BalanceTooSmallError'

  constructor({ balance, needed }: { balance: bigint; needed: bigint }) {
    super(`Cannot pay: the balance is "${formatTokens(balance)}", expected at least "${formatTokens(needed)}"`)
  }
}

class NoSuchError extends BaseError {
  override readonly name = 'Ledger.NotFoundError'

  constructor({ what }: { what: string }) {
    super(`Cannot read ${what}: there is none, expected one`)
  }
}
