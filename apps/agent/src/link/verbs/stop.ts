import type { LeaseVerbHandler } from '../Verb.ts'

/** Ends the workload; answers when no process of it is left. The lease itself is the renter's to close. */
export const stop: LeaseVerbHandler<'lease.stop'> = async ({ leaseId }, exchange, { loop, finder }) => {
  finder.confirmed(leaseId)
  await loop.dispatch({ type: 'stopRequested', leaseId })
  const lease = await loop.until((state) => {
    const now = state.leases[leaseId]
    const isUp = now?.step === 'starting' || now?.step === 'running'
    return isUp ? undefined : (now ?? null)
  }, exchange.signal)
  await exchange.sendReply({ type: 'ok', value: { state: lease?.step ?? 'over', exit: lease?.exit ?? null } })
}
