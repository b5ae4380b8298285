import type { Hex } from 'viem'
import { z } from 'zod'

const id = z.string().regex(/^\d{1,78}$/)
/** 32 bytes. */
export const word = z.custom<Hex>((value) => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value))
const count = z.int().min(1)
const audit = { auditId: id }
const own = { ...audit, nonce: word }

/** What a sprint is asked with. */
export const sprintFields = { nonce: word, n: count, rounds: count.max(4096) }

/** Bounds of what a verifier may ask for at once: what a strong machine does in a minute. */
export const examLimits = {
  lanes: 2 ** 20,
  segments: 1024,
  probeBytes: 2 ** 28,
  diskBytes: 2 ** 30,
  reads: 4096,
}

/**
 * What a verifier asks of a machine (docs/proof.md). The caller's key is his verifier account, so that the agent can tell
 * who sits in the committee. `nonce` and `pickSeed` are 32 bytes of the verifier's own.
 *
 * - `challenge`: the answer to the audit's own challenge; the agent posts it to the ledger before it gives it away.
 * - `challenge.leaves`: leaves of one of its products, as data.
 * - `exam`: waits for the machine's attention; the others below need it. It lasts until the caller closes the exchange.
 * - `sprint`, `walk.fill`, `walk`: timed work.
 * - `….open`: shows what is picked, as data.
 * - `probe.ping`: nothing, for the time it takes. `probe.send`: the machine sends so many bytes. `probe.take`: it reads as
 *   many, then answers.
 * - `probe.write`: writes bytes that follow from the nonce to its disk and flushes them. `probe.read`: reads picked blocks of
 *   them, and answers with their hash.
 */
export const examRequests = [
  z.strictObject({ verb: z.literal('challenge'), ...audit }),
  z.strictObject({ verb: z.literal('challenge.open'), ...audit, pickSeed: word }),
  z.strictObject({
    verb: z.literal('challenge.leaves'),
    ...audit,
    ...{ slot: z.int().min(0), round: z.int().min(0), leaves: z.array(z.int().min(0)).min(1).max(64) },
  }),
  z.strictObject({ verb: z.literal('exam'), ...audit }),
  z.strictObject({ verb: z.literal('sprint'), ...audit, ...sprintFields }),
  z.strictObject({ verb: z.literal('sprint.open'), ...own, pickSeed: word }),
  z.strictObject({ verb: z.literal('walk.fill'), ...audit, cells: count, hashes: count }),
  z.strictObject({
    verb: z.literal('walk'),
    ...own,
    lanes: count.max(examLimits.lanes),
    segments: count.max(examLimits.segments),
  }),
  z.strictObject({ verb: z.literal('walk.open'), ...own, pickSeed: word }),
  z.strictObject({ verb: z.literal('probe.ping') }),
  z.strictObject({ verb: z.literal('probe.send'), ...audit, sizeBytes: count.max(examLimits.probeBytes) }),
  z.strictObject({ verb: z.literal('probe.take'), ...audit, sizeBytes: count.max(examLimits.probeBytes) }),
  z.strictObject({ verb: z.literal('probe.write'), ...own, sizeBytes: count.max(examLimits.diskBytes) }),
  z.strictObject({
    verb: z.literal('probe.read'),
    ...own,
    sizeBytes: count.max(examLimits.diskBytes),
    pickSeed: word,
    reads: count.max(examLimits.reads),
  }),
] as const

/** Answers of those verbs, as the `value` of an ok reply; `answer`, `cells` and `roots` are for the proof to judge. */
export const examAnswers = {
  challenge: z.object({ answer: z.unknown() }),
  exam: z.object({ kind: z.enum(['cpu', 'gpu']) }),
  sprint: z.object({ answer: z.unknown() }),
  'walk.fill': z.object({ cells: z.unknown() }),
  walk: z.object({ roots: z.unknown() }),
  'probe.read': z.object({ hash: z.unknown() }),
}
