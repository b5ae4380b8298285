import type { Machine } from '@hotaru/protocol'
import type { Hex } from 'viem'
import type { Client } from '../Client.ts'
import type { OpenedLease } from '../Ledger.ts'
import { pickSlots } from '../offers/judgeOffer.ts'

/** How far the price may move between quote and block, in hundredths: an oracle's step passes, a swindle does not. */
const slippagePercent = 2n

/** What a renter wants to lease of one machine. */
export type LeaseOrder = { machine: Machine; slots: number; seconds: number; workloadDigest: Hex }

/** Opens a lease at the terms the renter saw, for at most 2 % more than the quote of now. The escrow comes from his wallet. */
export async function openLease(client: Client, order: LeaseOrder): Promise<OpenedLease> {
  const { machine, seconds, workloadDigest } = order
  const slots = pickSlots(machine, order.slots)
  const rate = await client.ledger.quoteRate(machine.id, slots)
  return client.ledger.openLease({
    machineId: machine.id,
    slots,
    durationSeconds: seconds,
    offerHash: machine.offerHash,
    maxRate: rate + (rate * slippagePercent) / 100n,
    workloadDigest,
  })
}
