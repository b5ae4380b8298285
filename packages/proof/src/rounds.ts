import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type { Challenge } from './challenge.ts'
import { type Hex, isHexOf, toBigEndian, toBytes, toHex } from './hex.ts'

/** One round of one slot, as it lies in the transcript and as the ledger takes it. */
export type Round = { slot: number; round: number; state: Hex; root: Hex }

/** What a machine sends: for each slot, one Merkle root a round. All else follows from the challenge. */
export type Answer = { roots: readonly (readonly Hex[])[] }

/** What names a slot's challenge. */
export type Start = Pick<Challenge, 'seed' | 'chainId' | 'machineId' | 'auditId'> & { slot: number }

/** keccak-256 of (seed ‖ chainId ‖ machineId ‖ slot ‖ auditId): 32, 32, 32, 1 and 32 bytes, big-endian. */
export function startState({ seed, chainId, machineId, slot, auditId }: Start): Hex {
  const message = concatBytes(
    toBytes(seed),
    toBigEndian(chainId, 32),
    toBigEndian(machineId, 32),
    toBigEndian(slot, 1),
    toBigEndian(auditId, 32),
  )
  return toHex(keccak_256(message))
}

/** The state of the round after one with this state and root. */
export function nextState({ state, root }: Pick<Round, 'state' | 'root'>): Hex {
  return toHex(keccak_256(concatBytes(toBytes(state), toBytes(root))))
}

/** The seed of a sprint: a challenge that one verifier times, begun by a nonce that nobody else knew. */
export function sprintSeed(seed: Hex, nonce: Hex): Hex {
  return toHex(keccak_256(concatBytes(toBytes(seed), toBytes(nonce))))
}

/** The rounds of a slot in their order, each with the root that `rootOf` gives it. */
export function chainRounds(
  challenge: Challenge,
  slot: number,
  rootOf: (state: Hex, round: number) => Hex,
): readonly Round[] {
  const chain: Round[] = []
  let state = startState({ ...challenge, slot })
  for (let round = 0; round < challenge.rounds; round++) {
    const link = { slot, round, state, root: rootOf(state, round) }
    chain.push(link)
    state = nextState(link)
  }
  return chain
}

/** The roots of rounds, as they are sent. */
export function toAnswer(rounds: readonly Round[], { rounds: perSlot, slots }: Challenge): Answer {
  const roots = rounds.map(({ root }) => root)
  return { roots: Array.from({ length: slots }, (_, slot) => roots.slice(slot * perSlot, (slot + 1) * perSlot)) }
}

/** The rounds that a peer's answer stands for, slot by slot; undefined when it has not the shape of one. */
export function readAnswer(challenge: Challenge, answer: unknown): readonly Round[] | undefined {
  const { roots } = (answer ?? {}) as { roots?: unknown }
  if (!Array.isArray(roots) || roots.length !== challenge.slots) return undefined
  const isSlot = (slot: unknown) =>
    Array.isArray(slot) && slot.length === challenge.rounds && slot.every((root) => isHexOf(root, 32))
  if (!roots.every(isSlot)) return undefined
  return (roots as Hex[][]).flatMap((slot, number) => chainRounds(challenge, number, (_, round) => slot[round] as Hex))
}
