import { z } from 'zod'
import { examAnswers, examRequests, sprintFields, word } from './examRequests.ts'
import type { scopes } from './LeaseToken.ts'
import { relativePath as path } from './Workload.ts'

/**
 * What travels between a renter's (or verifier's) end of the link and an agent.
 *
 * Every exchange is one stream: the caller sends one JSON `Request` frame, the agent answers JSON `Reply` frames and
 * data frames as the verb says, and either side closes. A refusal is `{ ok: false, error }` and ends the stream.
 */
export const linkProtocol = '/hotaru/link/1'

/** Bounds of one frame, so that no peer can make the other allocate without limit. */
export const frameLimits = { jsonBytes: 4 * 2 ** 20, dataBytes: 256 * 2 ** 10 }

const leaseId = z.string().regex(/^\d{1,78}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const bytes = z.int().min(0)

/**
 * The requests; those of verifiers are in examRequests.ts. Those with a `leaseId` carry a lease token of the scope named beside the verb; the others need none
 * and change nothing.
 *
 * - `describe`: the machine's hardware claim and its drivers.
 * - `lease.status` (status): the step the lease is at, the exit when there is one.
 * - `lease.manifest` (send): the manifest; its digest must be the lease's. Reply: which files (by sha256) are missing.
 * - `lease.file` (send): then data frames of exactly `sizeBytes`; the agent checks the hash before it says ok.
 * - `lease.run` (send): all files are there: start. Reply when the workload runs and billing has begun.
 * - `lease.logs` (logs): `log` frames from `fromByte` of each stream on, followed until the exit when `follow`.
 * - `lease.exec` (exec): one command inside the workload; data frames in are its stdin, `log` frames its output.
 * - `lease.results` (results): the files under `out/` with sizes and hashes.
 * - `lease.fetch` (results): data frames of one result file, from `fromByte`.
 * - `lease.stop` (stop): ends the workload; the renter closes the lease on the ledger himself.
 * - `lease.prove` (prove): a sprint on the lease's slots (docs/proof.md); `lease.prove.open` shows what is picked of it.
 */
export const requestSchema = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('describe') }),
  ...examRequests,
  z.strictObject({ verb: z.literal('lease.status'), leaseId, token: z.unknown() }),
  z.strictObject({ verb: z.literal('lease.manifest'), leaseId, token: z.unknown(), manifest: z.unknown() }),
  z.strictObject({ verb: z.literal('lease.file'), leaseId, token: z.unknown(), sha256, sizeBytes: bytes }),
  z.strictObject({ verb: z.literal('lease.run'), leaseId, token: z.unknown() }),
  z.strictObject({
    verb: z.literal('lease.logs'),
    leaseId,
    token: z.unknown(),
    follow: z.boolean(),
    fromByte: z.strictObject({ stdout: bytes, stderr: bytes }),
  }),
  z.strictObject({
    verb: z.literal('lease.exec'),
    leaseId,
    token: z.unknown(),
    command: z.array(z.string().max(4096)).min(1).max(256),
  }),
  z.strictObject({ verb: z.literal('lease.results'), leaseId, token: z.unknown() }),
  z.strictObject({ verb: z.literal('lease.fetch'), leaseId, token: z.unknown(), path, fromByte: bytes }),
  z.strictObject({ verb: z.literal('lease.stop'), leaseId, token: z.unknown() }),
  z.strictObject({ verb: z.literal('lease.prove'), leaseId, token: z.unknown(), ...sprintFields }),
  z.strictObject({ verb: z.literal('lease.prove.open'), leaseId, token: z.unknown(), nonce: word, pickSeed: word }),
])
export type Request = z.infer<typeof requestSchema>
export type Verb = Request['verb']
export type ExamVerb = (typeof examRequests)[number]['shape']['verb']['value']
export type LeaseVerb = Exclude<Verb, 'describe' | ExamVerb>

/** The scope a verb needs. */
export const scopeOf: Readonly<Record<LeaseVerb, (typeof scopes)[number]>> = {
  'lease.status': 'status',
  'lease.manifest': 'send',
  'lease.file': 'send',
  'lease.run': 'send',
  'lease.logs': 'logs',
  'lease.exec': 'exec',
  'lease.results': 'results',
  'lease.fetch': 'results',
  'lease.stop': 'stop',
  'lease.prove': 'prove',
  'lease.prove.open': 'prove',
}

/** How a workload ended. */
export const exitSchema = z.strictObject({
  /** Exit code of the program; null when it did not exit by itself. */
  code: z.int().nullable(),
  /**
   * `exited`: by itself. `stopped`: asked to. `memory`, `disk`, `deadline`: over a limit. `lost`: gone while nobody
   * watched, so nothing is known of it.
   */
  reason: z.enum(['exited', 'stopped', 'memory', 'disk', 'deadline', 'lost']),
})
export type Exit = z.infer<typeof exitSchema>

/** Steps of a lease on its machine, in order; `failed` and `over` are ends. */
export const workStates = ['confirmed', 'sending', 'starting', 'running', 'exited', 'failed', 'over'] as const
export type WorkState = (typeof workStates)[number]

/** Why a request was refused; enough to rebuild the error on the other side. */
export const refusalSchema = z.strictObject({
  name: z.string().max(128),
  message: z.string().max(4096),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  hint: z.string().max(1024).optional(),
  exitCode: z.int().optional(),
})
export type Refusal = z.infer<typeof refusalSchema>

/** A JSON frame from the agent. `data` frames travel beside these as raw bytes. */
export const replySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ok'), value: z.unknown().optional() }),
  z.strictObject({ type: z.literal('refused'), refusal: refusalSchema }),
  /** The next data frame is `sizeBytes` of this stream, which begin at byte `atByte`. */
  z.strictObject({ type: z.literal('log'), stream: z.enum(['stdout', 'stderr']), atByte: bytes, sizeBytes: bytes }),
  z.strictObject({ type: z.literal('exit'), exit: exitSchema }),
])
export type Reply = z.infer<typeof replySchema>

/** Answers of the verbs, as the `value` of an ok reply. */
export const answerSchemas = {
  'lease.status': z.object({ state: z.enum(workStates), exit: exitSchema.nullable(), reason: z.string().nullable() }),
  'lease.manifest': z.object({ missing: z.array(sha256) }),
  'lease.results': z.object({ files: z.array(z.object({ path, sizeBytes: bytes, sha256 })) }),
  'lease.prove': z.object({
    answer: z.unknown(),
    kind: z.enum(['cpu', 'gpu']),
    signature: z.string().regex(/^0x[0-9a-f]{130}$/),
  }),
  ...examAnswers,
}
