import { NotRunningError } from '@hotaru/driver'
import { sendOutput } from '../sendOutput.ts'
import type { LeaseVerbHandler } from '../Verb.ts'

/** Streams what the program prints, from the bytes asked for, until its end when followed. */
export const logs: LeaseVerbHandler<'lease.logs'> = async (request, exchange, { loop, finder, drivers }) => {
  const { leaseId, follow, fromByte } = request
  const { signal } = exchange
  const lease = finder.confirmed(leaseId)
  const { handle } = follow && lease.step === 'starting' ? await untilStarted() : lease
  if (!handle || finder.confirmed(leaseId).wiped)
    throw new NotRunningError({ taskId: leaseId, what: 'read its output' })

  for await (const chunk of drivers.of(handle.driver).logs(handle, { follow, fromByte, signal }))
    await sendOutput(exchange, chunk)
  const exit = follow ? await untilExit() : loop.state.leases[leaseId]?.exit
  await exchange.sendReply(exit ? { type: 'exit', exit } : { type: 'ok' })

  function untilStarted() {
    return loop.until((state) => {
      const now = state.leases[leaseId]
      return now?.step === 'starting' && !now.handle ? undefined : (now ?? lease)
    }, signal)
  }

  /** The stream of output may end a moment before the end itself is known. */
  function untilExit() {
    const lost = { code: null, reason: 'lost' } as const
    return loop.until((state) => {
      const now = state.leases[leaseId]
      return now && !now.wiped ? (now.exit ?? undefined) : lost
    }, signal)
  }
}
