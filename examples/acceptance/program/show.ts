import {
  answerChallenge,
  type Backend,
  type Challenge,
  type Hex,
  openEntries,
  ownPickSeed,
  packOpenings,
  pickEntries,
  pickSegments,
  type Round,
  sprintSeed,
  toAnswer,
  transcriptRoot,
  walkKey,
} from '@hotaru/proof'
import type { Job, Part } from './job.ts'

/** What one device shows. Times are by the machine's own clock: the renter has another. */
export type Shown = {
  answer: ReturnType<typeof toAnswer>
  /** As `packOpenings` packs them, in hex. */
  openings: Hex
  walkRoot: Hex
  walkOpenings: Hex
  sprintMs: number
  fillMs: number
  walkMs: number
}

/** Does a sprint and a walk of docs/proof.md, "Inside a lease", and opens of both what their own roots pick. */
export async function show(
  { chainId, machineId }: Pick<Job, 'chainId' | 'machineId'>,
  part: Part,
  { backend, onRound, commit }: show.Options,
): Promise<Shown> {
  const { nonce, n, rounds } = part
  const names = { seed: sprintSeed(zeros, nonce), chainId: BigInt(chainId), machineId: BigInt(machineId), auditId: 0n }
  const challenge: Challenge = { ...names, n, rounds, slots: 1 }
  const startMs = performance.now()
  const made = await answerChallenge(challenge, [backend], { onRound })
  const sprintMs = performance.now() - startMs
  const transcript = transcriptRoot(made)
  commit('sprint', transcript)

  const pickSeed = ownPickSeed(transcript, nonce)
  const fillFromMs = performance.now()
  const memory = await backend.fill(walkKey(names, 0), part)
  const walkFromMs = performance.now()
  const walk = await memory.walk(pickSeed, part)
  const walkMs = performance.now() - walkFromMs
  commit('walk', walk.root)

  const opened = await openEntries(challenge, made, pickEntries(pickSeed, challenge), [backend])
  const lanes = pickSegments(ownPickSeed(walk.root, nonce), part).map(({ lane }) => lane)
  const walkOpenings = await walk.openLanes(lanes)
  await memory.free()
  return {
    answer: toAnswer(made, challenge),
    openings: toHex(packOpenings(opened)),
    walkRoot: walk.root,
    walkOpenings: toHex(packOpenings(walkOpenings)),
    ...{ sprintMs, fillMs: walkFromMs - fillFromMs, walkMs },
  }
}

export declare namespace show {
  type Options = {
    backend: Backend
    onRound: (round: Round) => void
    /** Tells the renter a root as soon as it is known: his clock stops when he reads it. */
    commit: (what: 'sprint' | 'walk', root: Hex) => void
  }
}

const zeros: Hex = `0x${'00'.repeat(32)}`

function toHex(bytes: Uint8Array): Hex {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
