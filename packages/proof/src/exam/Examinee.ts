import type { Backend } from '../Backend.ts'
import type { Hex } from '../hex.ts'
import type { WalkSize } from '../walk/walkSize.ts'

/**
 * A machine as its examiner sees it: over the link in life, in memory in the attack lab. What it answers is a stranger's
 * word, so it is `unknown` until it was checked.
 */
export type Examinee = {
  /** Its answer to the audit's own challenge, which it has committed to on the ledger. */
  record(): Promise<unknown>
  /** The entries of that answer that `pickEntries` picks, slot by slot, as `packOpenings` packs them. */
  openRecord(pickSeed: Hex): Promise<Uint8Array>
  /** Leaves of one product of that answer. */
  openLeaves(at: LeavesAsked): Promise<Uint8Array>
  /** Waits until the machine attends to this examiner alone: what follows is timed. Answers what it computes with. */
  begin(): Promise<Backend['kind']>
  /** Its answer to a sprint. */
  sprint(sprint: SprintAsked): Promise<unknown>
  /** The entries of that sprint that are picked. */
  openSprint(nonce: Hex, pickSeed: Hex): Promise<Uint8Array>
  /** Fills the memory of every slot, once an audit; answers how many cells it took, not more than asked. */
  fill(size: Pick<WalkSize, 'cells' | 'hashes'>): Promise<unknown>
  /** Walks through the memory of every slot; answers one root a slot. */
  walk(walk: WalkAsked): Promise<unknown>
  /** The lanes of that walk that `pickSegments` picks, slot by slot. */
  openWalk(nonce: Hex, pickSeed: Hex): Promise<Uint8Array>
}

/** Leaves of the product of a round of the record, by number: 0 to n² / 256 − 1. */
export type LeavesAsked = { slot: number; round: number; leaves: readonly number[] }

/** A challenge that one verifier times; `nonce` is 32 bytes of its own. */
export type SprintAsked = { nonce: Hex; n: number; rounds: number }

/** A walk that one verifier times. */
export type WalkAsked = Pick<WalkSize, 'lanes' | 'segments'> & { nonce: Hex }
