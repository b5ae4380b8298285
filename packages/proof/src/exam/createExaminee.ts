import { answerChallenge } from '../answerChallenge.ts'
import type { Backend, Memory, Walk } from '../Backend.ts'
import { type Challenge, InvalidSizeError } from '../challenge.ts'
import type { Hex } from '../hex.ts'
import { openEntries } from '../openEntries.ts'
import { packOpenings } from '../packOpenings.ts'
import { pickEntries } from '../pickEntries.ts'
import type { Opening } from '../product.ts'
import { type Round, sprintSeed, toAnswer } from '../rounds.ts'
import { walkKey } from '../walk/lane.ts'
import { pickSegments } from '../walk/pickSegments.ts'
import type { WalkSize } from '../walk/walkSize.ts'
import type { Examinee } from './Examinee.ts'

/** An honest examinee, and what ends it. */
export type HonestExaminee = Examinee & { free(): Promise<void> }

/**
 * One audit on the machine's side: does the work with the machine's own back ends and keeps what it needs to open it.
 *
 * @param known The answer, where it was made before.
 * @param post Commits to the answer on the ledger, by its `transcriptRoot`; called once, before the answer is given away.
 * @param maxCells The most cells that a slot's memory has room for.
 * @param maxN The largest product that a slot makes in about a second, so that no examiner can hold it for longer.
 */
export function createExaminee(
  challenge: Challenge,
  backends: readonly Backend[],
  { post, maxCells, maxN = 32_768, signal, known }: createExaminee.Options,
): HonestExaminee {
  const slots = Array.from({ length: challenge.slots }, (_, slot) => slot)
  const backendOf = (slot: number) => backends[slot % backends.length] as Backend
  const sprints = new Map<Hex, { challenge: Challenge; rounds: readonly Round[] }>()
  const walks = new Map<Hex, { size: Pick<WalkSize, 'lanes' | 'segments'>; walks: Walk[] }>()
  let record = known && Promise.resolve(known)
  let filled: { most: number; hashes: number; memory: Promise<{ cells: number; memories: Memory[] }> } | undefined

  const answer = async () => {
    const rounds = await answerChallenge(challenge, backends, { signal })
    await post(rounds)
    return rounds
  }
  const open = async (asked: Challenge, rounds: readonly Round[], pickSeed: Hex) =>
    packOpenings(await openEntries(asked, rounds, pickEntries(pickSeed, asked), backends))
  /** As much as there is: half of it again where a device refuses. */
  const fillSlots = async (cells: number, hashes: number): Promise<{ cells: number; memories: Memory[] }> => {
    const size = { cells, hashes }
    const tried = await Promise.allSettled(slots.map((slot) => backendOf(slot).fill(walkKey(challenge, slot), size)))
    const memories = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const failed = tried.find((one) => one.status === 'rejected')
    if (!failed) return { cells, memories }
    await Promise.all(memories.map((memory) => memory.free()))
    if (cells <= fewestCells) throw failed.reason
    return fillSlots(cells / 2, hashes)
  }
  const free = async () => {
    const { memories } = (await filled?.memory.catch(() => undefined)) ?? { memories: [] }
    filled = undefined
    walks.clear()
    await Promise.all(memories.map((memory) => memory.free()))
  }

  return {
    async record() {
      record ??= answer()
      record.catch(() => (record = undefined))
      return toAnswer(await record, challenge)
    },
    async openRecord(pickSeed) {
      record ??= answer()
      return open(challenge, await record, pickSeed)
    },
    async openLeaves({ slot, round, leaves }) {
      record ??= answer()
      const found = (await record)[slot * challenge.rounds + round]
      const last = challenge.n ** 2 / 256 - 1
      if (!found || leaves.some((leaf) => leaf > last)) return new Uint8Array()
      return packOpenings(await backendOf(slot).openProduct(found.state, challenge.n, leaves))
    },
    begin: async () => (backends.every((backend) => backend.kind === 'gpu') ? 'gpu' : 'cpu'),
    async sprint({ nonce, n, rounds }) {
      if (n > maxN) throw new InvalidSizeError({ what: 'n', value: n, expected: `at most ${maxN} of this machine` })
      const asked = { ...challenge, n, rounds, seed: sprintSeed(challenge.seed, nonce) }
      const made = await answerChallenge(asked, backends, { signal })
      keepNewest(sprints, nonce, { challenge: asked, rounds: made })
      return toAnswer(made, asked)
    },
    async openSprint(nonce, pickSeed) {
      const known = sprints.get(nonce)
      return known ? open(known.challenge, known.rounds, pickSeed) : new Uint8Array()
    },
    async fill({ cells, hashes }) {
      const most = 2 ** Math.floor(Math.log2(Math.min(cells, maxCells)))
      if (filled && (filled.hashes !== hashes || filled.most !== most)) await free()
      filled ??= { most, hashes, memory: fillSlots(most, hashes) }
      return (await filled.memory).cells
    },
    async walk({ nonce, ...size }) {
      const { memories } = (await filled?.memory) ?? { memories: [] }
      const made = await Promise.all(memories.map((memory) => memory.walk(nonce, size)))
      keepNewest(walks, nonce, { size, walks: made })
      return made.map(({ root }) => root)
    },
    async openWalk(nonce, pickSeed) {
      const known = walks.get(nonce)
      if (!known) return new Uint8Array()
      const lanes = pickSegments(pickSeed, known.size).map(({ lane }) => lane)
      const opened: Opening[][] = await Promise.all(known.walks.map((walk) => walk.openLanes(lanes)))
      return packOpenings(opened.flat())
    },
    free,
  }
}

export declare namespace createExaminee {
  type Options = {
    post: (rounds: readonly Round[]) => Promise<void>
    known?: readonly Round[] | undefined
    maxCells: number
    /** @default 32_768 */
    maxN?: number | undefined
    signal?: { throwIfAborted(): void } | undefined
  }
}

/** Each verifier opens its last before it asks for another; the rest is memory that a stranger could fill. */
function keepNewest<T>(map: Map<Hex, T>, nonce: Hex, value: T): void {
  map.set(nonce, value)
  for (const oldest of map.keys()) if (map.size > keptOfEach) map.delete(oldest)
}

const keptOfEach = 21

/** Less memory than this is none. */
const fewestCells = 1024
