import { BaseError, exitCodes } from '@hotaru/base'
import type { LeaseProver } from '../../exam/LeaseProver.ts'
import type { LeaseVerbHandler, Room } from '../Verb.ts'

/** Runs a sprint on the lease's own slots, as its renter asks: it is his time, and they are his slots. */
export const prove: LeaseVerbHandler<'lease.prove'> = async (request, exchange, room) => {
  const value = await room.leaseProver.prove(runningLease(room, request.leaseId), request)
  await exchange.sendReply({ type: 'ok', value })
}

/** Shows what the renter picks of it. */
export const proveOpen: LeaseVerbHandler<'lease.prove.open'> = async (request, exchange, room) => {
  await exchange.sendData(await room.leaseProver.open(runningLease(room, request.leaseId), request))
}

function runningLease({ finder }: Room, leaseId: string): LeaseProver.Lease {
  const { id, step, ledger } = finder.confirmed(leaseId)
  if (step !== 'running') throw new NotProvableError({ leaseId, step })
  return { id, slots: ledger.slots }
}

export class NotProvableError extends BaseError {
  override readonly name = 'Agent.NotProvableError'

  constructor({ leaseId, step }: { leaseId: string; step: string }) {
    super(`Cannot prove anything in lease "${leaseId}": it is "${step}", expected it to run`, {
      facts: { leaseId },
      hint: 'start its workload first: hotaru run',
      exitCode: exitCodes.usage,
    })
  }
}
