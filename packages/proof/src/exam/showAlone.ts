import type { Clock } from '@hotaru/base'
import { answerChallenge } from '../answerChallenge.ts'
import type { Backend } from '../Backend.ts'
import type { Challenge } from '../challenge.ts'
import { type Hex, toHex } from '../hex.ts'
import { openEntries } from '../openEntries.ts'
import { ownPickSeed } from '../ownPickSeed.ts'
import { packOpenings } from '../packOpenings.ts'
import { pickEntries } from '../pickEntries.ts'
import { type Answer, type Round, sprintSeed, toAnswer } from '../rounds.ts'
import { transcriptRoot } from '../transcript.ts'
import { walkKey } from '../walk/lane.ts'
import { pickSegments } from '../walk/pickSegments.ts'
import type { WalkSize } from '../walk/walkSize.ts'

/** What one device is to show where nobody can ask it twice: how much, begun by a nonce of 32 bytes that nobody knew. */
export type AloneAsked = Pick<Challenge, 'chainId' | 'machineId' | 'n' | 'rounds'> & WalkSize & { nonce: Hex }

/** What it shows. Times are by its own clock: whoever checks it has another. */
export type AloneShown = {
  answer: Answer
  /** As `packOpenings` packs them, in hex. */
  openings: Hex
  walkRoot: Hex
  walkOpenings: Hex
  sprintMs: number
  walkMs: number
}

/**
 * An exam without an examiner: does a sprint and a walk of docs/proof.md, "Inside a lease", and opens of both what their own
 * roots pick.
 *
 * @param commit Tells a root as soon as it is known: a clock elsewhere stops when it is read.
 */
export async function showAlone(
  asked: AloneAsked,
  { backend, clock, commit, onRound }: showAlone.Options,
): Promise<AloneShown> {
  const { nonce } = asked
  const challenge = aloneChallenge(asked)
  const startMs = clock.monotonicMs()
  const rounds = await answerChallenge(challenge, [backend], { onRound })
  const sprintMs = clock.monotonicMs() - startMs
  const transcript = transcriptRoot(rounds)
  commit('sprint', transcript)

  const pickSeed = ownPickSeed(transcript, nonce)
  const memory = await backend.fill(walkKey(challenge, 0), asked)
  const walkFromMs = clock.monotonicMs()
  const walk = await memory.walk(pickSeed, asked)
  const walkMs = clock.monotonicMs() - walkFromMs
  commit('walk', walk.root)

  const openings = await openEntries(challenge, rounds, pickEntries(pickSeed, challenge), [backend])
  const lanes = pickSegments(ownPickSeed(walk.root, nonce), asked).map(({ lane }) => lane)
  const walkOpenings = await walk.openLanes(lanes)
  await memory.free()
  return {
    answer: toAnswer(rounds, challenge),
    openings: toHex(packOpenings(openings)),
    walkRoot: walk.root,
    walkOpenings: toHex(packOpenings(walkOpenings)),
    ...{ sprintMs, walkMs },
  }
}

export declare namespace showAlone {
  type Options = {
    backend: Backend
    clock: Pick<Clock, 'monotonicMs'>
    commit: (what: 'sprint' | 'walk', root: Hex) => void
    onRound?: ((round: Round) => void) | undefined
  }
}

/** One slot of an audit that the ledger knows nothing of. */
export function aloneChallenge({ nonce, chainId, machineId, n, rounds }: AloneAsked): Challenge {
  return { seed: sprintSeed(zeros, nonce), chainId, machineId, auditId: 0n, n, rounds, slots: 1 }
}

const zeros: Hex = `0x${'00'.repeat(32)}`
