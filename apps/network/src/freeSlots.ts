import { readFile } from 'node:fs/promises'
import { closeLease, createLedger, listLeases } from '@hotaru/chain'
import { privateKeyToAccount } from 'viem/accounts'
import type { Network } from './bringUp.ts'
import type { Places } from './Places.ts'
import type { Steps } from './Steps.ts'

/**
 * Makes room for the job where an earlier start was killed in the middle of one: its lease still holds the machine. Only
 * when no slot is free, and only the local renter's own leases; what they did not use comes back.
 */
export async function freeSlots(
  { deployment, machine }: Pick<Network, 'deployment' | 'machine'>,
  places: Places,
  steps: Steps,
): Promise<void> {
  const everySlot = (1n << BigInt(machine.slots)) - 1n
  if (machine.busySlots !== everySlot) return
  const account = privateKeyToAccount(JSON.parse(await readFile(places.wallet, 'utf8')).privateKey)
  const ledger = createLedger({ deployment, account })
  for (const lease of await listLeases(ledger, { renter: account.address, machineId: machine.id })) {
    if (lease.state === 'closed') continue
    await closeLease(ledger, { leaseId: lease.id })
    steps.say(`- lease ${lease.id}   was left by an earlier start that was cut off: closed, the rest came back`)
  }
}
