import { InvalidSizeError } from '../challenge.ts'

/**
 * How large a walk through memory is: `cells` of 32 bytes, each `hashes` keccak-256 deep; `lanes` that read
 * `segments` · 64 cells each, one after the other.
 */
export type WalkSize = { cells: number; hashes: number; lanes: number; segments: number }

/** Steps between two checkpoints of a lane. */
export const segmentSteps = 64

/** Bytes of one cell: what one hash gives, and what a GPU fetches at least. */
export const cellBytes = 32

/** Bytes that a walk fills. */
export function memoryBytesOf({ cells }: Pick<WalkSize, 'cells'>): number {
  return cells * cellBytes
}

/** Cells that a walk reads. */
export function stepsOf({ lanes, segments }: Pick<WalkSize, 'lanes' | 'segments'>): number {
  return lanes * segments * segmentSteps
}

/** @throws `Proof.InvalidSizeError`. */
export function checkWalkSize({ cells, hashes, lanes, segments }: WalkSize): void {
  check('cells', cells, { min: 64, max: 2 ** 40, isPower: true })
  check('hashes', hashes, { min: 1, max: 65_535 })
  check('lanes', lanes, { min: 1, max: 2 ** 20, isPower: true })
  check('segments', segments, { min: 1, max: 1024 })
}

function check(what: string, value: number, { min, max, isPower }: { min: number; max: number; isPower?: true }): void {
  const fits = Number.isSafeInteger(value) && value >= min && value <= max
  if (fits && (!isPower || Number.isInteger(Math.log2(value)))) return
  throw new InvalidSizeError({ what, value, expected: `${isPower ? 'a power of two ' : ''}from ${min} to ${max}` })
}
