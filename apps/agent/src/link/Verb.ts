import type { Clock, Logger } from '@hotaru/base'
import type { LeaseRequest, ServedExchange } from '@hotaru/link'
import type { Request } from '@hotaru/protocol'
import type { LeaseDisk } from '../disk/createLeaseDisk.ts'
import type { ExamRoom } from '../exam/ExamRoom.ts'
import type { LeaseProver } from '../exam/LeaseProver.ts'
import type { LedgerPort } from '../ports.ts'
import type { DriverSet } from '../shell/DriverSet.ts'
import type { Loop } from '../shell/Loop.ts'
import type { LeaseFinder } from './LeaseFinder.ts'

/** What the answers to requests are made of. */
export type Room = {
  loop: Loop
  finder: LeaseFinder
  drivers: DriverSet
  disk: LeaseDisk
  ledger: LedgerPort
  exams: ExamRoom
  leaseProver: LeaseProver
  /** What `describe` tells of the machine. */
  describe: () => Promise<unknown>
  clock: Clock
  log: Logger
}

/** Answers one kind of request about a lease that has let it through. */
export type LeaseVerbHandler<Name extends LeaseRequest['verb']> = (
  request: Extract<Request, { verb: Name }>,
  exchange: ServedExchange,
  room: Room,
) => Promise<void>
