import { multiplyAddsPerHash, sprintSizeFor, walkLengthFor } from '@hotaru/proof'
import { toHex } from 'viem'
import type { AcceptancePart } from './AcceptanceJob.ts'

/**
 * What a device has to show, so that one of such a rate takes about `targetMs` for its sprint, a quarter of that for
 * filling memory, and less for the walk; with a fresh nonce.
 */
export function planAcceptance({
  multiplyAddsPerSecond,
  maxMemoryBytes,
  targetMs,
}: planAcceptance.Options): AcceptancePart {
  const work = (multiplyAddsPerSecond * targetMs) / 1000
  const affordable = work / 4 / multiplyAddsPerOwnHash / hashes
  const cells = 2 ** Math.floor(Math.log2(Math.max(64, Math.min(affordable, maxMemoryBytes / 32))))
  // Whoever makes cells when they are read, and could all the time, gets through an eighth of them.
  const steps = (8 * work) / multiplyAddsPerHash / hashes
  const nonce = toHex(crypto.getRandomValues(new Uint8Array(32)))
  return { nonce, ...sprintSizeFor(work), cells, hashes, ...walkLengthFor(steps) }
}

export declare namespace planAcceptance {
  type Options = {
    /** What the device is taken to make. */
    multiplyAddsPerSecond: number
    /** The most memory that it fills, in bytes; a lease's workload has to fit around it. */
    maxMemoryBytes: number
    /** How long the sprint should take: seconds, so that sending and starting the workload are small beside it. */
    targetMs: number
  }
}

/** As exams have it. */
const hashes = 4

/** Our kernels on a processor; GPUs need fewer: docs/proof.md. */
const multiplyAddsPerOwnHash = 20_000
