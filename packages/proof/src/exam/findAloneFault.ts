import type { Checker } from '../Checker.ts'
import { type Fault, findPickedFault } from '../findFault.ts'
import { type Hex, isHexOf, toBytes } from '../hex.ts'
import { ownPickSeed } from '../ownPickSeed.ts'
import { unpackOpenings } from '../packOpenings.ts'
import { pickEntries } from '../pickEntries.ts'
import { readAnswer } from '../rounds.ts'
import { transcriptRoot } from '../transcript.ts'
import { findWalkFault } from '../walk/findWalkFault.ts'
import { walkKey } from '../walk/lane.ts'
import { pickSegments } from '../walk/pickSegments.ts'
import { type AloneAsked, type AloneShown, aloneChallenge } from './showAlone.ts'

/**
 * What is wrong with what a device showed alone: 64 entries of its sprint and 64 segments of its walk are made again. Where
 * nothing is, the root of its sprint.
 *
 * @param shown A stranger's word, in the shape of one.
 * @param checker What makes entries and cells again; the reference when it is left out.
 */
export function findAloneFault(
  asked: AloneAsked,
  shown: Record<keyof Omit<AloneShown, 'sprintMs' | 'walkMs'>, unknown>,
  { checker }: { checker?: Checker | undefined } = {},
): { fault: Fault } | { transcript: Hex } {
  const challenge = aloneChallenge(asked)
  const rounds = readAnswer(challenge, shown.answer)
  if (!rounds) return { fault: { reason: `it has not one root for each of ${asked.rounds} rounds` } }
  if (!isHexOf(shown.walkRoot, 32)) return { fault: { reason: 'its walk: its root is not 32 bytes' } }
  const transcript = transcriptRoot(rounds)
  const pickSeed = ownPickSeed(transcript, asked.nonce)
  const picks = pickEntries(pickSeed, challenge)
  const openings = readOpenings(shown.openings, picks.length)
  const fault = findPickedFault(challenge, shown.answer, { picks, openings, checker })
  if (fault) return { fault }
  const segments = pickSegments(ownPickSeed(shown.walkRoot, asked.nonce), asked)
  const lanes = readOpenings(shown.walkOpenings, segments.length)
  const names = { key: walkKey(challenge, 0), nonce: pickSeed }
  const walk = { root: shown.walkRoot, picks: segments, openings: lanes, checker }
  const walkFault = findWalkFault(names, asked, walk)
  return walkFault ? { fault: { reason: `its walk: ${walkFault.reason}` } } : { transcript }
}

function readOpenings(hex: unknown, count: number) {
  const isBytes = typeof hex === 'string' && /^0x([0-9a-f]{2})*$/.test(hex)
  return isBytes ? unpackOpenings(toBytes(hex), count) : undefined
}
