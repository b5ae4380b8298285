import type { Logger } from '@hotaru/base'
import type { Client } from '@hotaru/sdk'

/** Closes every lease of this renter that is still open: its visit was cut off, and the rest of its money comes back. */
export async function closeLeftovers(
  { account, ledger }: Pick<Client, 'account' | 'ledger'>,
  { log }: { log: Logger },
): Promise<void> {
  const leases = await ledger.listLeases(account.address)
  for (const { id, machineId, state } of leases) {
    if (state === 'closed') continue
    await ledger.closeLease(id)
    log.info('old visit closed', { leaseId: id, machineId })
  }
}
