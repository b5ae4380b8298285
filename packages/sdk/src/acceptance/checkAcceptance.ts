import {
  type AloneShown,
  type Checker,
  type Fault,
  findAloneFault,
  type Hex,
  multiplyAddsOf,
  provedMemoryBytes,
} from '@hotaru/proof'
import type { Class } from '@hotaru/protocol'
import { z } from 'zod'
import type { AcceptanceJob, AcceptancePart } from './AcceptanceJob.ts'

/** What one device has shown inside a lease. */
export type Accepted = {
  /** How the program calls the device: the machine's word. */
  device: string
  /** At least so many, by the renter's own clock: sending, starting and all else that came before is counted as work. */
  multiplyAddsPerSecond: number
  /** By the machine's own clock: a claim. */
  claimedMultiplyAddsPerSecond: number
  /** Memory that was proved to be held. */
  memoryBytes: number
}

/**
 * Checks what `examples/acceptance` left in `out/answer.json`: 64 entries of each sprint, 64 segments of each walk.
 *
 * @param answer A stranger's word.
 * @returns what each device has shown, or what is wrong. A GPU that is asked for and not there is missing, and no fault.
 */
export function checkAcceptance(
  answer: unknown,
  options: checkAcceptance.Options,
): { fault: Fault } | { accepted: { [kind in Class['kind']]?: Accepted } } {
  const read = answerSchema.safeParse(answer)
  if (!read.success) return { fault: { reason: 'it is no answer' } }
  const accepted: { [kind in Class['kind']]?: Accepted } = {}
  for (const kind of ['cpu', 'gpu'] as const) {
    const [part, shown] = [options.job[kind], read.data[kind]]
    if (part && !shown && kind === 'cpu') return { fault: { reason: 'it shows nothing of its processor' } }
    if (!part || !shown) continue
    const checked = checkPart(part, shown, options)
    if ('fault' in checked) return { fault: { reason: `${kind}: ${checked.fault.reason}` } }
    accepted[kind] = checked.accepted
  }
  return { accepted }
}

export declare namespace checkAcceptance {
  type Options = {
    /** What was asked. */
    job: AcceptanceJob
    /** When the renter saw a root in the program's output, in milliseconds since the job left his hands; undefined if never. */
    seenMs: (root: Hex) => number | undefined
    /** When the program had ended, on the same clock. */
    elapsedMs: number
    checker?: Checker | undefined
  }
}

const shownSchema = z.object({
  ...{ device: z.string().max(200), sprintMs: z.number().positive(), walkRoot: z.string() },
  ...{ answer: z.unknown(), openings: z.unknown(), walkOpenings: z.unknown() },
})
const answerSchema = z.object({ cpu: shownSchema.optional(), gpu: shownSchema.optional() })

function checkPart(
  part: AcceptancePart,
  shown: z.infer<typeof shownSchema>,
  { job, seenMs, elapsedMs, checker }: checkAcceptance.Options,
): { fault: Fault } | { accepted: Accepted } {
  const asked = { ...part, chainId: BigInt(job.chainId), machineId: BigInt(job.machineId) }
  const found = findAloneFault(asked, shown, { checker })
  if ('fault' in found) return found
  const sprintMs = Math.max(1, seenMs(found.transcript) ?? elapsedMs)
  // A machine may hold its sprint's root back while it walks: all the time that has passed counts against its memory.
  const walkedMs = Math.max(sprintMs, seenMs(shown.walkRoot as AloneShown['walkRoot']) ?? elapsedMs)
  const multiplyAddsPerSecond = (multiplyAddsOf(part) / sprintMs) * 1000
  const accepted = {
    device: shown.device,
    multiplyAddsPerSecond,
    claimedMultiplyAddsPerSecond: (multiplyAddsOf(part) / shown.sprintMs) * 1000,
    memoryBytes: provedMemoryBytes(part, { multiplyAddsPerSecond, seconds: walkedMs / 1000 }),
  }
  return { accepted }
}
