import { parseWorkload } from '@hotaru/protocol'
import { judgeManifest, RefusedWorkloadError } from '../../core/judgeManifest.ts'
import { missingFiles } from '../../core/steps/sending.ts'
import type { LeaseVerbHandler } from '../Verb.ts'

/** Takes the manifest, if it is the lease's and fits, and answers which files are still to be sent. */
export const manifest: LeaseVerbHandler<'lease.manifest'> = async (request, exchange, { loop, finder }) => {
  const { leaseId } = request
  const lease = finder.confirmed(leaseId)
  const workload = parseWorkload(request.manifest)
  judgeManifest(lease, workload, { state: loop.state, settings: loop.settings })
  if (lease.step === 'confirmed') await loop.dispatch({ type: 'manifestAccepted', leaseId, manifest: workload })

  const ready = await loop.until((state) => {
    const now = state.leases[leaseId]
    return now?.step === 'sending' && !now.prepared ? undefined : { lease: now }
  }, exchange.signal)
  if (!ready.lease || ready.lease.step === 'confirmed') {
    const reason = `the machine cannot store it (${ready.lease?.reason ?? 'the lease is over'})`
    throw new RefusedWorkloadError({ leaseId, reason, expected: 'room on its disk' })
  }
  await exchange.sendReply({ type: 'ok', value: { missing: missingFiles(ready.lease) } })
}
