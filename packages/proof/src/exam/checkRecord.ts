import type { ChallengeSize } from '../challenge.ts'
import { type Fault, findPickedFault } from '../findFault.ts'
import type { Hex } from '../hex.ts'
import { unpackOpenings } from '../packOpenings.ts'
import { pickEntries } from '../pickEntries.ts'
import type { Examinee } from './Examinee.ts'
import type { Asked, Means } from './examine.ts'

/** What the ledger knows of the answer; both are asked for when the machine has answered. */
export type Posted = Pick<ChallengeSize, 'n' | 'rounds'> & {
  /** What the machine posted; undefined when it has not. */
  transcript: () => Promise<Hex | undefined>
  /** What chance picks entries with, once the beacon's round is out. */
  pickSeed: () => Promise<Hex>
}

/** What is wrong with the answer that a machine posted; undefined when it holds. */
export async function checkRecord(
  examinee: Examinee,
  asked: Asked,
  posted: checkRecord.Options,
): Promise<Fault | undefined> {
  const challenge = { ...asked, n: posted.n, rounds: posted.rounds }
  const answer = await examinee.record()
  const transcript = await posted.transcript()
  if (transcript === undefined) return { reason: 'it has answered and not posted' }
  const pickSeed = await posted.pickSeed()
  const picks = pickEntries(pickSeed, challenge)
  const openings = unpackOpenings(await examinee.openRecord(pickSeed), picks.length)
  return findPickedFault(challenge, answer, { transcript, picks, openings, checker: posted.checker })
}

export declare namespace checkRecord {
  type Options = Posted & Pick<Means, 'checker'>
}
