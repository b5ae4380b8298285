import type { LeaseVerbHandler } from '../Verb.ts'

/** Where the lease is, how its program ended, and why it failed if it did. */
export const status: LeaseVerbHandler<'lease.status'> = async ({ leaseId }, exchange, { finder }) => {
  const { step, exit, reason } = finder.confirmed(leaseId)
  await exchange.sendReply({ type: 'ok', value: { state: step, exit, reason } })
}
