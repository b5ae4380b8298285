import type { Machine } from '@hotaru/protocol'
import type { Hex } from 'viem'
import type { Client } from '../Client.ts'
import type { OpenedLease } from '../Ledger.ts'
import { pickSlots } from '../offers/judgeOffer.ts'

/** What a renter wants to lease of one machine. */
export type LeaseOrder = { machine: Machine; slots: number; seconds: number; workloadDigest: Hex }

/** Opens a lease on the machine's lowest free slots, at the terms the renter saw. The escrow comes from his wallet. */
export function openLease(client: Pick<Client, 'ledger'>, order: LeaseOrder): Promise<OpenedLease> {
  const { machine, seconds, workloadDigest } = order
  return client.ledger.openLease({
    machineId: machine.id,
    slots: pickSlots(machine, order.slots),
    durationSeconds: seconds,
    offerHash: machine.offerHash,
    workloadDigest,
  })
}
