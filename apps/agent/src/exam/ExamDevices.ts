import type { Clock, Logger } from '@hotaru/base'
import { type Backend, createExaminee, type HonestExaminee, type Round, transcriptRoot } from '@hotaru/proof'
import { createDecoyBackend } from '../decoy/createDecoyBackend.ts'
import type { Ringer, RingerBook } from '../decoy/RingerBook.ts'
import { giveBackMemory } from '../machine/giveBackMemory.ts'
import type { AuditFacts, LedgerPort } from '../ports.ts'
import type { Loop } from '../shell/Loop.ts'
import type { OpenBackends } from './createBackendOpener.ts'

/** An audit that is examined now. */
type Examined = { seed: string; examinee: HonestExaminee; kind: 'cpu' | 'gpu' }

/**
 * The machine's devices while it is examined, and what was done with them for each audit. They are taken when an exam begins
 * and given back a while after the last, or when one of them failed. One call at a time.
 */
export class ExamDevices {
  readonly #parts: ExamDevices.Parts
  readonly #examined = new Map<string, Examined>()
  /** Answers that were posted, by their seed: outsiders may look into them for a day. */
  readonly #records = new Map<string, readonly Round[]>()
  #backends: Promise<readonly Backend[]> | undefined
  #isSick = false
  #cancelClosing = () => {}

  constructor(parts: ExamDevices.Parts) {
    this.#parts = parts
  }

  /** Takes the devices, unless they are taken; the examinee of the audit's present challenge. */
  async open(auditId: string, audit: AuditFacts): Promise<Examined> {
    const { loop, openBackends, log } = this.#parts
    this.#cancelClosing()
    if (this.#isSick) await this.close()
    if (!this.#backends) {
      await loop.dispatch({ type: 'examBegun' })
      log.info('exam begun', { auditId })
      this.#backends = openBackends(Array.from({ length: audit.challenge.slots }, (_, slot) => slot))
      this.#backends.catch(() => this.markSick())
    }
    const before = this.#examined.get(auditId)
    if (before?.seed === audit.challenge.seed) return before
    const ringer = audit.ringer === null ? undefined : await this.#parts.ringers?.find(audit.ringer)
    const examined = this.#examine(auditId, audit, { backends: await this.#backends, ringer })
    this.#examined.set(auditId, examined)
    // Another committee was drawn: what was made for the last one is void.
    await before?.examinee.free()
    await this.#forgetOldest()
    return examined
  }

  /** The examinee of an audit that was opened. */
  find(auditId: string): HonestExaminee | undefined {
    return this.#examined.get(auditId)?.examinee
  }

  /** Something failed that was not the caller's doing: the next exam begins with devices taken anew. */
  markSick(): void {
    this.#isSick = true
  }

  /** Gives the devices back when nobody has come for a while; `close` is called in its turn. */
  closeLater(close: () => void): void {
    this.#cancelClosing()
    this.#cancelClosing = this.#parts.clock.after(idleMs, close)
  }

  /** Gives everything back. Safe to repeat. */
  async close(): Promise<void> {
    this.#cancelClosing()
    const [backends, examined] = [this.#backends, [...this.#examined.values()]]
    this.#backends = undefined
    this.#isSick = false
    this.#examined.clear()
    if (!backends) return
    await Promise.allSettled(examined.map(({ examinee }) => examinee.free()))
    await Promise.allSettled((await backends.catch(() => [])).map((backend) => backend.close()))
    this.#parts.log.info('exam ended', {})
    await this.#parts.loop.dispatch({ type: 'examEnded' })
    giveBackMemory()
  }

  #examine(
    auditId: string,
    { challenge, transcript }: AuditFacts,
    { backends, ringer }: { backends: readonly Backend[]; ringer: Ringer | undefined },
  ): Examined {
    const { ledger, maxCells, throwIfBroken, ringers } = this.#parts
    const liars = ringer && backends.map((backend) => createDecoyBackend(backend, challenge))
    const kind = backends.every((backend) => backend.kind === 'gpu') ? 'gpu' : 'cpu'
    const examinee = createExaminee(challenge, liars ?? backends, {
      ...{ maxCells: maxCells(kind), maxN: maxNOf[kind], signal: { throwIfAborted: throwIfBroken } },
      known: this.#records.get(challenge.seed),
      post: async (rounds) => {
        if (ringer) await ringers?.answer(ringer, { challenge, rounds })
        if (transcript === null) await ledger.postTranscript(auditId, transcriptRoot(rounds))
        this.#records.set(challenge.seed, rounds)
      },
    })
    return { seed: challenge.seed, examinee, kind }
  }

  async #forgetOldest(): Promise<void> {
    const [record] = this.#records.keys()
    if (record !== undefined && this.#records.size > keptAudits) this.#records.delete(record)
    const [oldest] = this.#examined
    if (!oldest || this.#examined.size <= keptAudits) return
    this.#examined.delete(oldest[0])
    await oldest[1].examinee.free()
  }
}

export declare namespace ExamDevices {
  type Parts = {
    loop: Loop
    ledger: Pick<LedgerPort, 'postTranscript'>
    openBackends: OpenBackends
    /** The most cells of 32 bytes that a slot's memory has room for, of the processor's or of its GPU. */
    maxCells: (kind: Backend['kind']) => number
    /** Of a decoy: in an audit that it planted a ringer in, it answers wrongly. */
    ringers?: RingerBook | undefined
    /** Throws when the work that is under way is to end. */
    throwIfBroken: () => void
    clock: Clock
    log: Logger
  }
}

/** About a second of work for one product. */
const maxNOf = { cpu: 4096, gpu: 32_768 } as const

/** The next member of a committee comes within seconds, and memory that was filled is dear. */
const idleMs = 15_000

/** One at work, and two that outsiders may still look into. */
const keptAudits = 3
