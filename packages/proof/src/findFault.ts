import { answerChallenge } from './answerChallenge.ts'
import type { Backend } from './Backend.ts'
import { type Checker, referenceChecker } from './Checker.ts'
import { type Challenge, checkChallenge } from './challenge.ts'
import { type Hex, toBytes } from './hex.ts'
import type { PickedEntry } from './pickEntries.ts'
import { type Opening, readOpening } from './product.ts'
import { type Round, readAnswer } from './rounds.ts'
import { roundPath, transcriptRoot } from './transcript.ts'

/** What `IAudits.proveWrongEntry` takes, after the audit's number and in its order. */
export type WrongEntry = {
  round: Round
  roundPath: readonly Hex[]
  row: number
  column: number
  leaf: Hex
  leafPath: readonly Hex[]
}

/** Why an answer is wrong; `proof` where the machine itself handed over what convicts it. */
export type Fault = { reason: string; proof?: WrongEntry }

/**
 * What is wrong with an answer, found by doing all of the work again; undefined when it is right. For small challenges, or
 * large machines.
 *
 * @param transcript What the machine posted to the ledger; not compared when it is left out.
 */
export async function findFault(
  challenge: Challenge,
  answer: unknown,
  { transcript, backends }: findFault.Options,
): Promise<Fault | undefined> {
  const rounds = readRounds(challenge, answer, transcript)
  if ('reason' in rounds) return rounds
  const right = await answerChallenge(challenge, backends)
  const wrong = right.find(({ root }, index) => root !== rounds[index]?.root)
  return wrong && { reason: `round ${wrong.round} of slot ${wrong.slot} has another root` }
}

export declare namespace findFault {
  type Options = { transcript?: Hex | undefined; backends: readonly Backend[] }
}

/**
 * What is wrong with an answer, found by checking only the entries that chance picked: 2 · n / 32 hashes for each.
 *
 * A wrong entry comes before one that is not opened: it can be proved.
 *
 * @param transcript What the machine posted to the ledger; not compared when it is left out.
 * @param openings What it sent for `picks`, in their order.
 * @param checker What makes the entries again; the reference when it is left out.
 */
export function findPickedFault(
  challenge: Challenge,
  answer: unknown,
  { transcript, picks, openings, checker = referenceChecker }: findPickedFault.Options,
): Fault | undefined {
  const rounds = readRounds(challenge, answer, transcript)
  if ('reason' in rounds) return rounds
  if (!Array.isArray(openings) || openings.length !== picks.length)
    return { reason: `it has not one opening for each of ${picks.length} picks` }
  let fault: Fault | undefined
  for (const [at, pick] of picks.entries()) {
    const index = pick.slot * challenge.rounds + pick.round
    const round = rounds[index] as Round
    const place = `entry ${pick.row}, ${pick.column} in round ${pick.round} of slot ${pick.slot}`
    const entry = readOpening(openings[at], round.root, pick, challenge.n)
    if (entry === undefined) fault ??= { reason: `${place} is not opened` }
    if (entry === undefined || entry === checker.makeEntry(toBytes(round.state), pick, challenge.n)) continue
    const { leaf, leafPath } = openings[at] as Opening
    const { row, column } = pick
    return {
      reason: `${place} is wrong`,
      proof: { round, roundPath: roundPath(rounds, index), row, column, leaf, leafPath },
    }
  }
  return fault
}

export declare namespace findPickedFault {
  type Options = {
    transcript?: Hex | undefined
    picks: readonly PickedEntry[]
    openings: unknown
    checker?: Pick<Checker, 'makeEntry'> | undefined
  }
}

/** The rounds of an answer, when they are those that were posted. */
export function readRounds(
  challenge: Challenge,
  answer: unknown,
  transcript: Hex | undefined,
): readonly Round[] | Fault {
  checkChallenge(challenge)
  const rounds = readAnswer(challenge, answer)
  if (!rounds)
    return { reason: `it has not one root for each of ${challenge.rounds} rounds of ${challenge.slots} slots` }
  if (transcript !== undefined && transcriptRoot(rounds) !== transcript)
    return { reason: 'it is not the answer that was posted' }
  return rounds
}
