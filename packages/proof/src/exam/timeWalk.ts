import type { Fault } from '../findFault.ts'
import type { Hex } from '../hex.ts'
import { unpackOpenings } from '../packOpenings.ts'
import { findWalkFault } from '../walk/findWalkFault.ts'
import { walkKey } from '../walk/lane.ts'
import { pickSegments } from '../walk/pickSegments.ts'
import { provedMemoryBytes } from '../walk/provedMemoryBytes.ts'
import { cellBytes, stepsOf, type WalkSize } from '../walk/walkSize.ts'
import type { Examinee } from './Examinee.ts'
import type { Asked, ExamPlan, Means } from './examine.ts'
import { walkLengthFor } from './walkLengthFor.ts'

/**
 * Has every slot's memory filled and times walks of growing length through it, until one takes about as long as planned;
 * checks that one: bytes that each slot must have held, and cells that it read a second.
 *
 * @param multiplyAddsPerSecond What the sprint measured: it bounds how fast cells could have been made instead of read.
 */
export async function timeWalk(
  examinee: Examinee,
  asked: Asked,
  { plan, multiplyAddsPerSecond, clock, random32, checker }: timeWalk.Options,
): Promise<{ fault: Fault } | { memoryBytes: number; stepsPerSecond: number }> {
  const { hashes } = plan
  const maxCells = 2 ** Math.floor(Math.log2(plan.maxMemoryBytes / cellBytes))
  const cells = await examinee.fill({ cells: maxCells, hashes })
  if (!isCellCount(cells, maxCells)) return { fault: { reason: 'it filled no memory that can be walked' } }

  let length = shortest
  for (let tries = 1; ; tries++) {
    const size: WalkSize = { cells, hashes, ...length }
    const [nonce, pickSeed] = [random32(), random32()]
    const startMs = clock.monotonicMs()
    const roots = await examinee.walk({ nonce, ...length })
    const seconds = Math.max(clock.monotonicMs() - startMs, shortestMs) / 1000
    const stepsPerSecond = stepsOf(size) / seconds
    const next = walkLengthFor((stepsPerSecond * plan.targetMs) / 1000)
    if (tries < maxTries && seconds * 1000 < plan.targetMs / 2 && stepsOf(next) > stepsOf(length)) {
      length = next
      continue
    }
    const fault = await checkWalk(examinee, asked, { size, nonce, pickSeed, roots, checker })
    if (fault) return { fault }
    return { memoryBytes: provedMemoryBytes(size, { multiplyAddsPerSecond, seconds }), stepsPerSecond }
  }
}

export declare namespace timeWalk {
  type Options = Means & { plan: Omit<ExamPlan, 'hashes'> & { hashes: number }; multiplyAddsPerSecond: number }
}

async function checkWalk(
  examinee: Examinee,
  asked: Asked,
  { size, nonce, pickSeed, roots, checker }: checkWalk.Options,
): Promise<Fault | undefined> {
  if (!Array.isArray(roots) || roots.length !== asked.slots)
    return { reason: `it has not one walk for each of ${asked.slots} slots` }
  const picks = pickSegments(pickSeed, size)
  const openings = unpackOpenings(await examinee.openWalk(nonce, pickSeed), picks.length * asked.slots)
  for (const [slot, root] of roots.entries()) {
    const opened = openings?.slice(slot * picks.length, (slot + 1) * picks.length)
    const fault = findWalkFault({ key: walkKey(asked, slot), nonce }, size, { root, picks, openings: opened, checker })
    if (fault) return { reason: `the walk of slot ${slot}: ${fault.reason}` }
  }
  return undefined
}

declare namespace checkWalk {
  type Options = Pick<Means, 'checker'> & { size: WalkSize; nonce: Hex; pickSeed: Hex; roots: unknown }
}

function isCellCount(cells: unknown, max: number): cells is number {
  return typeof cells === 'number' && cells >= 64 && cells <= max && Number.isInteger(Math.log2(cells))
}

const shortest = { lanes: 256, segments: 4 }
const maxTries = 6
const shortestMs = 0.1
