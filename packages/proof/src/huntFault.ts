import type { Backend } from './Backend.ts'
import type { Challenge } from './challenge.ts'
import { type Fault, readRounds } from './findFault.ts'
import { type Hex, toBytes } from './hex.ts'
import { type Opening, readOpening } from './product.ts'
import type { Round } from './rounds.ts'
import { roundPath } from './transcript.ts'

/**
 * Hunts for a single wrong entry: makes products of a posted transcript again, and where a root differs lets the machine
 * lead to the entry itself. It opens leaf 0; a sibling on the way that differs from one's own names the half that is
 * wrong, and so on: at most log₂(n² / 256) + 1 openings. Undefined when all that was looked at is right.
 *
 * @param transcript What the machine posted.
 * @param indices Which rounds to make again, as slot · rounds + round; each costs n³ multiply-adds.
 * @param openLeaf What the machine shows for a leaf of a round; a stranger's word.
 */
export async function huntFault(
  challenge: Challenge,
  answer: unknown,
  { transcript, indices, backend, openLeaf }: huntFault.Options,
): Promise<Fault | undefined> {
  const rounds = readRounds(challenge, answer, transcript)
  if ('reason' in rounds) return rounds
  for (const index of indices) {
    const round = rounds[index] as Round
    if ((await backend.productRoot(round.state, challenge.n)) === round.root) continue
    const reason = `round ${round.round} of slot ${round.slot} has another root`
    const found = await descend(round, challenge.n, { backend, openLeaf: (leaf) => openLeaf(round, leaf) })
    if (!found) return { reason: `${reason}, and it does not show where` }
    return { reason, proof: { round, roundPath: roundPath(rounds, index), ...found } }
  }
  return undefined
}

export declare namespace huntFault {
  type Options = {
    transcript: Hex
    indices: readonly number[]
    backend: Pick<Backend, 'productRoot' | 'openProduct'>
    openLeaf: (round: Round, leaf: number) => Promise<unknown>
  }
}

/** The wrong entry under a root that differs; undefined when the machine opens something else than it committed to. */
async function descend(
  { state, root }: Round,
  n: number,
  { backend, openLeaf }: { backend: Pick<Backend, 'openProduct'>; openLeaf: (leaf: number) => Promise<unknown> },
): Promise<{ row: number; column: number; leaf: Hex; leafPath: readonly Hex[] } | undefined> {
  let at = 0
  for (let level = Math.log2((n * n) / 256); ; ) {
    const shown = (await openLeaf(at)) as Opening
    const place = { row: Math.floor((at * 256) / n), column: (at * 256) % n }
    if (readOpening(shown, root, place, n) === undefined) return undefined
    const [own] = (await backend.openProduct(state, n, [at])) as [Opening]
    const entry = findDifference(shown.leaf, own.leaf)
    if (entry !== undefined) {
      const number = at * 256 + entry
      return { row: Math.floor(number / n), column: number % n, ...shown }
    }
    do level--
    while (level >= 0 && shown.leafPath[level] === own.leafPath[level])
    if (level < 0) return undefined
    at = ((at >> level) ^ 1) << level
  }
}

/** The first of the 256 entries in which two leaves differ. */
function findDifference(one: Hex, other: Hex): number | undefined {
  const [left, right] = [toBytes(one), toBytes(other)]
  const byte = left.findIndex((value, index) => value !== right[index])
  return byte === -1 ? undefined : byte >> 2
}
