import type { Kernel } from './Kernel.ts'

/** A thread's place at work that its team does together. */
export type Seat = { kernel: Kernel; memory: SharedArrayBuffer; thread: number; threads: number }

/** How a team does one kind of job: every thread its share, and then the first what is left when all shares are done. */
export type Work<Job, Share, Result> = {
  share(seat: Seat, job: Job): Share
  finish(seat: Seat, job: Job, shares: readonly Share[]): Result
}
