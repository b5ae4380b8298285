import { BaseError } from '@hotaru/base'
import { RefusedWorkloadError } from '../../core/judgeManifest.ts'
import { missingFiles } from '../../core/steps/sending.ts'
import type { LeaseVerbHandler } from '../Verb.ts'

/** Starts the workload; answers when it runs and billing has begun, or says why it does not. */
export const run: LeaseVerbHandler<'lease.run'> = async ({ leaseId }, exchange, { loop, finder }) => {
  const lease = finder.confirmed(leaseId)
  const missing = missingFiles(lease).length
  if (lease.step === 'confirmed' || (lease.step === 'sending' && missing > 0)) {
    const reason = lease.step === 'confirmed' ? 'no manifest was sent' : `${missing} files are missing`
    throw new RefusedWorkloadError({ leaseId, reason, expected: 'everything of it to be here' })
  }
  if (lease.step === 'sending') await loop.dispatch({ type: 'runRequested', leaseId })

  const { step, exit, reason } = await loop.until((state) => {
    const now = state.leases[leaseId] ?? { step: 'over', exit: null, reason: 'it was forgotten' }
    return now.step === 'sending' || now.step === 'starting' ? undefined : now
  }, exchange.signal)
  if (step === 'failed' || (step === 'over' && !exit)) throw new NotStartedError({ leaseId, reason })
  await exchange.sendReply({ type: 'ok', value: { state: step, exit, reason } })
}

export class NotStartedError extends BaseError {
  override readonly name = 'Agent.NotStartedError'

  constructor({ leaseId, reason }: { leaseId: string; reason: string | null }) {
    super(`Cannot run the workload: ${reason ?? 'the lease is over'}, expected it to start`, {
      facts: { leaseId },
      hint: 'nothing is charged for a lease that did not start; lease another machine',
      retry: 'elsewhere',
    })
  }
}
