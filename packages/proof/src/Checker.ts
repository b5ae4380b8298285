import type { Hex } from './hex.ts'
import { makeEntry } from './matrix.ts'
import type { Place } from './product.ts'
import { makeCell } from './walk/lane.ts'

/** What makes again what a verifier checks. All give the same; they differ in how long they take. */
export type Checker = {
  /** One entry of the product of the round that begins in `state`: 2 · n / 32 hashes. */
  makeEntry(state: Uint8Array, place: Place, n: number): number
  /** One cell of a walk's memory. */
  makeCell(key: Hex, index: number, hashes: number): Uint8Array
}

/** The specification as a program, as `createReferenceBackend` is. */
export const referenceChecker: Checker = { makeEntry, makeCell }
