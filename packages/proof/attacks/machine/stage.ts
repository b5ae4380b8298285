import { createManualClock, type ManualClock } from '@hotaru/base'
import type { Challenge } from '../../src/challenge.ts'
import type { Posted } from '../../src/exam/checkRecord.ts'
import type { Means } from '../../src/exam/examine.ts'
import type { Hex } from '../../src/hex.ts'
import type { Round } from '../../src/rounds.ts'
import type { Device } from '../../src/testing/index.ts'
import { transcriptRoot } from '../../src/transcript.ts'
import type { Chance } from '../createChance.ts'

/** What surrounds one exam: an audit of a machine of one slot, a clock, the ledger that it posts to. */
export type Stage = {
  challenge: Challenge
  means: Means & { clock: ManualClock }
  /** For `createExaminee`. */
  onMachine: { post: (rounds: readonly Round[]) => Promise<void>; maxCells: number }
  /** For `checkRecord`. */
  posted: Posted
}

/** Sets up an exam of small matrices: a cheat is as likely to be caught in them as in large ones. */
export function stage({ random32, below }: Chance): Stage {
  const challenge = { n, rounds: 2, slots: 1, seed: random32(), chainId: 1n, machineId: 0n, auditId: 1n }
  challenge.machineId = BigInt(below(2 ** 31))
  let transcript: Hex | undefined
  const post = async (rounds: readonly Round[]) => {
    transcript = transcriptRoot(rounds)
  }
  return {
    challenge,
    means: { clock: createManualClock(), random32 },
    onMachine: { post, maxCells: cells },
    posted: {
      n: challenge.n,
      rounds: challenge.rounds,
      transcript: async () => transcript,
      pickSeed: async () => random32(),
    },
  }
}

/** Rows of the small matrices. */
export const n = 32

/** Cells of the memory that is sold. */
const cells = 1024

/** How the lab's exams are planned; one sprint of the smallest size takes the device longer than half of the target. */
export const plan = { targetMs: 1000, maxMemoryBytes: cells * 32, hashes: 4 }

/**
 * The lab's device. It hashes as much as docs/proof.md allows a device that multiplies so fast, the best that a cheat
 * could have.
 */
export const device: Device = { multiplyAddsPerSecond: 6e7, hashesPerSecond: 6e7 / 8192, readsPerSecond: 2e5 }
