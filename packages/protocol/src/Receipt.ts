import type { Hex } from 'viem'

/** What a lease cost and where the money went; `escrow = paid + fee + burnt + refunded`, to the unit. */
export type Receipt = {
  lease: bigint
  machine: bigint
  /** The measured class as a word, `formatClass`. */
  class: string
  /** Seconds that were paid for. */
  seconds: number
  /** Everything the renter put in, extensions included. */
  escrow: bigint
  paid: bigint
  /** What the operator that brought the renter was paid. */
  fee: bigint
  burnt: bigint
  refunded: bigint
  /** Gas of all transactions of the lease, the machine's included. */
  gas: bigint
  transactions: readonly { what: string; hash: Hex; gasUsed: bigint }[]
  /** Where the result was saved, if anywhere. */
  output?: string | undefined
}

/** A receipt as JSON of design §10: amounts as decimal strings of the smallest unit. */
export function encodeReceipt(receipt: Receipt): Record<string, unknown> {
  return JSON.parse(JSON.stringify(receipt, (_key, value) => (typeof value === 'bigint' ? value.toString() : value)))
}

/** Whether the parts add up to the escrow, to the smallest unit. */
export function isBalanced(receipt: Pick<Receipt, 'escrow' | 'paid' | 'fee' | 'burnt' | 'refunded'>): boolean {
  return receipt.escrow === receipt.paid + receipt.fee + receipt.burnt + receipt.refunded
}
