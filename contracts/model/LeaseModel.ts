/** Who owns money or a machine in the model: a name, nothing more. */
export type Party = string

/** The terms of a machine's offer, prices in millionths of a US dollar for a slot-hour. */
export type Terms = {
  usdPerSlotHour: bigint
  preemptibleUsdPerSlotHour: bigint
  preemptible: boolean
  minSeconds: number
  maxSeconds: number
}

export type MachineModel = {
  owner: Party
  key: Party
  slots: number
  terms: Terms
  /** Slots that its last audit saw; the burn table goes by the sum over all machines. */
  verified: number
  lastSeen: number
  classUntil: number
}

/**
 * A lease by the words of ILeases. `escrow` is money that lies there and not a product: what the contract computes anew
 * each time, the model only ever moves.
 */
export type LeaseModel = {
  machineId: bigint
  renter: Party
  payee: Party
  operator: Party | undefined
  slots: bigint
  preemptible: boolean
  burnBps: bigint
  feeBps: bigint
  rate: bigint
  escrow: bigint
  phase: 'open' | 'begun' | 'closed'
  /** Whether something was paid, after which it cannot be rejected. */
  accepted: boolean
  /** Seconds bought at the opening. */
  bought: number
  /** The first second at which it may be started. */
  opensAt: number
  /** The second up to which rent has left the escrow. */
  paidTo: number
  endsAt: number
  latestEnd: number
  /** Slots that nobody gets before `until`, though the lease is closed: it waited for another's notice to end. */
  left: { slots: bigint; until: number }
}

/** Everything that a lease touches, as plain values: `applyCommand` copies it whole. */
export type LedgerModel = {
  machines: MachineModel[]
  leases: LeaseModel[]
  /** Tokens in wallets, of those whose money the model follows. */
  wallets: Record<Party, bigint>
  /** In the order in which they were opened; entry i is purse i + 1. */
  purses: { party: Party; amount: bigint }[]
  operator: { party: Party; feeCapBps: bigint }
  burnSteps: { fromSlots: number; bps: bigint }[]
  burnBps: bigint
  pendingBurn: bigint
  totalBurnt: bigint
  usdPerToken: bigint
  priceFreshUntil: number
  rejects: Record<Party, { count: number; until: number }>
}

/** What the ledger said no with: the name of its error. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly refusal: string

  constructor(refusal: string) {
    super(`the ledger refuses: ${refusal}`)
    this.refusal = refusal
  }
}

export const startWindow = 600
export const acceptWindow = 600
