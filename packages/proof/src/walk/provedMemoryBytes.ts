import { memoryBytesOf, stepsOf, type WalkSize } from './walkSize.ts'

/**
 * Bytes that a device must have held to take this walk in so many seconds: what it lacked it had to make when it was read,
 * and in that time it cannot have made more.
 *
 * @param multiplyAddsPerSecond What its sprint showed: it bounds how fast cells could have been made.
 */
export function provedMemoryBytes(
  size: WalkSize,
  { multiplyAddsPerSecond, seconds }: { multiplyAddsPerSecond: number; seconds: number },
): number {
  const made = (multiplyAddsPerSecond / multiplyAddsPerHash) * seconds
  const share = 1 - made / (stepsOf(size) * size.hashes)
  return Math.max(0, share) * memoryBytesOf(size)
}

/** No processor and no GPU that we know makes a hash in the time of fewer multiply-adds: see docs/proof.md. */
export const multiplyAddsPerHash = 8192
