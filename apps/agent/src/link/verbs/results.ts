import { listResults } from '../../disk/listResults.ts'
import type { LeaseVerbHandler } from '../Verb.ts'

/** What the workload left under `out/`, with sizes and hashes. */
export const results: LeaseVerbHandler<'lease.results'> = async ({ leaseId }, exchange, { finder, disk }) => {
  const lease = finder.confirmed(leaseId)
  const files = lease.wiped ? [] : await listResults(disk.directoryOf(leaseId), exchange.signal)
  await exchange.sendReply({ type: 'ok', value: { files } })
}
