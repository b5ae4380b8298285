import { BaseError, type Clock, exitCodes, type Logger } from '@hotaru/base'
import { deadline, Mutex } from '@hotaru/base/async'
import type { Caller, ServedExchange } from '@hotaru/link'
import { type Backend, createExaminee, type HonestExaminee, type Round, transcriptRoot } from '@hotaru/proof'
import { mayExamine } from '../core/mayExamine.ts'
import { createDecoyBackend } from '../decoy/createDecoyBackend.ts'
import type { Ringer, RingerBook } from '../decoy/RingerBook.ts'
import type { AuditFacts, LedgerPort } from '../ports.ts'
import type { Loop } from '../shell/Loop.ts'
import type { OpenBackends } from './createBackendOpener.ts'

/**
 * Where verifiers examine the machine, one at a time, so that no one's clock runs while another's work is done. It takes the
 * machine's devices when the first asks, and gives them back a while after the last, or at once when a lease comes.
 */
export class ExamRoom {
  readonly #parts: ExamRoom.Parts
  readonly #turns = new Mutex()
  readonly #examinees = new Map<string, { seed: string; examinee: HonestExaminee }>()
  #backends: Promise<readonly Backend[]> | undefined
  #attended: { auditId: string; peer: string; exchange: ServedExchange } | undefined
  readonly #records = new Map<string, readonly Round[]>()
  readonly #works = new Set<Promise<unknown>>()
  #broken: Error | undefined
  #cancelClosing = () => {}

  constructor(parts: ExamRoom.Parts) {
    this.#parts = parts
  }

  /** Attends to one member of the audit's committee until he closes the exchange or his time is over. */
  async attend(auditId: string, exchange: ServedExchange, caller: Caller): Promise<void> {
    const { members } = await this.#readAudit(auditId)
    if (!members.some((member) => isSame(member, caller.address)))
      throw new ExamRefusedError({ auditId, reason: `${caller.address ?? 'the caller'} does not sit in its committee` })
    await this.#turns.run(async () => {
      exchange.signal.throwIfAborted()
      const { kind } = await this.#open(auditId)
      this.#attended = { auditId, peer: caller.peer, exchange }
      try {
        await exchange.sendReply({ type: 'ok', value: { kind } })
        await deadline(exchange.readData(), longestTurnMs, { what: 'see the end of the exam' }).catch(() => {})
      } finally {
        this.#attended = undefined
        this.#broken = new ExamRefusedError({ auditId, reason: 'the time of this examiner is over' })
        await Promise.allSettled(this.#works)
        this.#closeLater()
      }
    })
  }

  /** Does work for the verifier that is attended to. */
  async doTimed<T>(auditId: string, caller: Caller, work: (examinee: HonestExaminee) => Promise<T>): Promise<T> {
    const examinee = this.#examinees.get(auditId)?.examinee
    const attended = this.#attended
    if (!examinee || attended?.peer !== caller.peer || attended.auditId !== auditId)
      throw new ExamRefusedError({ auditId, reason: 'another is attended to' })
    const working = work(examinee)
    this.#works.add(working)
    return working.finally(() => this.#works.delete(working))
  }

  /** Does work that nobody times, between two turns, for a verifier that is enrolled. */
  async doUntimed<T>(auditId: string, caller: Caller, work: (examinee: HonestExaminee) => Promise<T>): Promise<T> {
    const isKnown = caller.address !== undefined && (await this.#parts.ledger.isVerifier(caller.address))
    if (!isKnown) throw new ExamRefusedError({ auditId, reason: 'the caller is not an enrolled verifier' })
    return this.#turns.run(async () => {
      try {
        const { examinee } = await this.#open(auditId)
        return await work(examinee)
      } finally {
        this.#closeLater()
      }
    })
  }

  /** Ends what is going on and gives everything back. Safe to repeat. */
  async end(): Promise<void> {
    this.#cancelClosing()
    this.#broken = new ExamRefusedError({ auditId: this.#attended?.auditId ?? 'any', reason: 'a lease has come' })
    this.#attended?.exchange.abort(this.#broken)
    await this.#turns.run(() => this.#close())
  }

  /** Takes the devices, unless they are taken; the examinee of the audit's present challenge. */
  async #open(auditId: string): Promise<{ kind: 'cpu' | 'gpu'; examinee: HonestExaminee }> {
    const { loop, openBackends, log } = this.#parts
    if (!mayExamine(loop.state)) throw new ExamRefusedError({ auditId, reason: 'a lease is running' })
    this.#cancelClosing()
    this.#broken = undefined
    const audit = await this.#readAudit(auditId)
    if (!this.#backends) {
      await loop.dispatch({ type: 'examBegun' })
      log.info('exam begun', { auditId })
      this.#backends = openBackends(Array.from({ length: audit.challenge.slots }, (_, slot) => slot))
    }
    const backends = await this.#backends
    const kind = backends.every((backend) => backend.kind === 'gpu') ? 'gpu' : 'cpu'
    const before = this.#examinees.get(auditId)
    const { seed } = audit.challenge
    if (before?.seed === seed) return { kind, examinee: before.examinee }
    // Another committee was drawn: what was made for the last one is void.
    await before?.examinee.free()
    const ringer = audit.ringer === null ? undefined : await this.#parts.ringers?.find(audit.ringer)
    const examinee = this.#createExaminee(auditId, audit, { backends, maxN: maxNOf[kind], ringer })
    this.#examinees.set(auditId, { seed, examinee })
    await this.#forgetOldest()
    return { kind, examinee }
  }

  #createExaminee(
    auditId: string,
    { challenge, transcript }: AuditFacts,
    { backends, maxN, ringer }: { backends: readonly Backend[]; maxN: number; ringer: Ringer | undefined },
  ) {
    const { ledger, maxCells, ringers } = this.#parts
    const liars = ringer && backends.map((backend) => createDecoyBackend(backend, challenge))
    return createExaminee(challenge, liars ?? backends, {
      ...{ maxCells, maxN, signal: { throwIfAborted: () => this.#throwIfBroken() } },
      known: this.#records.get(challenge.seed),
      post: async (rounds) => {
        if (ringer) await ringers?.answer(ringer, { challenge, rounds })
        if (transcript === null) await ledger.postTranscript(auditId, transcriptRoot(rounds))
        this.#records.set(challenge.seed, rounds)
      },
    })
  }

  #throwIfBroken(): void {
    if (this.#broken) throw this.#broken
  }

  async #readAudit(auditId: string): Promise<AuditFacts> {
    const audit = await this.#parts.ledger.readAudit(auditId)
    if (!audit) throw new ExamRefusedError({ auditId, reason: 'it is not an audit of this machine that was drawn' })
    return audit
  }

  async #forgetOldest(): Promise<void> {
    const [record] = this.#records.keys()
    if (record !== undefined && this.#records.size > keptAudits) this.#records.delete(record)
    const [oldest] = this.#examinees
    if (!oldest || this.#examinees.size <= keptAudits) return
    this.#examinees.delete(oldest[0])
    await oldest[1].examinee.free()
  }

  #closeLater(): void {
    this.#cancelClosing()
    this.#cancelClosing = this.#parts.clock.after(idleMs, () => void this.#turns.run(() => this.#close()))
  }

  async #close(): Promise<void> {
    const [backends, examinees] = [this.#backends, [...this.#examinees.values()]]
    this.#backends = undefined
    this.#examinees.clear()
    if (!backends) return
    await Promise.allSettled(examinees.map(({ examinee }) => examinee.free()))
    await Promise.allSettled((await backends.catch(() => [])).map((backend) => backend.close()))
    this.#parts.log.info('exam ended', {})
    await this.#parts.loop.dispatch({ type: 'examEnded' })
  }
}

export declare namespace ExamRoom {
  type Parts = {
    loop: Loop
    ledger: Pick<LedgerPort, 'readAudit' | 'isVerifier' | 'postTranscript'>
    openBackends: OpenBackends
    /** The most cells of 32 bytes that a slot's memory has room for. */
    maxCells: number
    /** Of a decoy: in an audit that it planted a ringer in, it answers wrongly. */
    ringers?: RingerBook | undefined
    clock: Clock
    log: Logger
  }
}

function isSame(member: string, address: string | undefined): boolean {
  return address !== undefined && member.toLowerCase() === address.toLowerCase()
}

/** An exam takes half a minute, and 64 MiB each way over a slow line two more. */
const longestTurnMs = 5 * 60_000
/** The next member of a committee comes within seconds, and memory that was filled is dear. */
const idleMs = 60_000
/** About a second of work for one product. */
const maxNOf = { cpu: 4096, gpu: 32_768 } as const

/** One at work, and two that outsiders may still look into. */
const keptAudits = 3

export class ExamRefusedError extends BaseError {
  override readonly name = 'Agent.ExamRefusedError'

  constructor({ auditId, reason }: { auditId: string; reason: string }) {
    super(`Cannot be examined for audit "${auditId}": ${reason}, expected a drawn verifier and an idle machine`, {
      facts: { auditId },
      retry: 'later',
      exitCode: exitCodes.tryAgain,
    })
  }
}
