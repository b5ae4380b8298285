import type { WorkState } from '@hotaru/protocol'
import type { LeaseWork } from './State.ts'
import { confirmed } from './steps/confirmed.ts'
import { exited } from './steps/exited.ts'
import { failed } from './steps/failed.ts'
import { over } from './steps/over.ts'
import { running } from './steps/running.ts'
import type { Context, Move, Step } from './steps/Step.ts'
import { sending } from './steps/sending.ts'
import { starting } from './steps/starting.ts'

/** The corridor: every step of a lease, in order. */
const steps: Readonly<Record<WorkState, Step>> = { confirmed, sending, starting, running, exited, failed, over }

/** Takes a lease as far as what is known allows, and says what should be under way where it then stands. */
export function advance(lease: LeaseWork, context: Context): Move {
  const move = steps[lease.step](lease, context)
  return move.lease.step === lease.step ? move : advance(move.lease, context)
}
