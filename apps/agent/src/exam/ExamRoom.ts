import { BaseError, exitCodes } from '@hotaru/base'
import { deadline, Mutex } from '@hotaru/base/async'
import type { Caller, ServedExchange } from '@hotaru/link'
import { type HonestExaminee, InvalidSizeError } from '@hotaru/proof'
import { mayExamine } from '../core/mayExamine.ts'
import type { AuditFacts, LedgerPort } from '../ports.ts'
import { ExamDevices } from './ExamDevices.ts'

/** Work with the examinee of an audit. */
type Work<T> = (examinee: HonestExaminee) => Promise<T>

/**
 * Where verifiers examine the machine, one at a time, so that no one's clock runs while another's work is done. A lease that
 * comes ends it at once.
 */
export class ExamRoom {
  readonly #parts: ExamRoom.Parts
  readonly #devices: ExamDevices
  readonly #turns = new Mutex()
  readonly #works = new Set<Promise<unknown>>()
  #attended: { auditId: string; peer: string; exchange: ServedExchange } | undefined
  #broken: Error | undefined

  constructor(parts: ExamRoom.Parts) {
    this.#parts = parts
    const throwIfBroken = () => {
      if (this.#broken) throw this.#broken
    }
    this.#devices = new ExamDevices({ ...parts, throwIfBroken })
  }

  /** Attends to one member of the audit's committee until he closes the exchange or his time is over. */
  async attend(auditId: string, exchange: ServedExchange, caller: Caller): Promise<void> {
    const { members } = await this.#readAudit(auditId)
    if (!members.some((member) => isSame(member, caller.address)))
      throw new ExamRefusedError({ auditId, reason: `${caller.address ?? 'the caller'} does not sit in its committee` })
    await this.#inTurn(auditId, async ({ kind }) => {
      exchange.signal.throwIfAborted()
      this.#attended = { auditId, peer: caller.peer, exchange }
      try {
        await exchange.sendReply({ type: 'ok', value: { kind } })
        await deadline(exchange.readData(), longestTurnMs, { what: 'see the end of the exam' }).catch(() => {})
      } finally {
        this.#attended = undefined
        this.#broken = new ExamRefusedError({ auditId, reason: 'the time of this examiner is over' })
        await Promise.allSettled(this.#works)
      }
    })
  }

  /** Does work for the verifier that is attended to. */
  async doTimed<T>(auditId: string, caller: Caller, work: Work<T>): Promise<T> {
    const examinee = this.#devices.find(auditId)
    const attended = this.#attended
    if (!examinee || attended?.peer !== caller.peer || attended.auditId !== auditId)
      throw new ExamRefusedError({ auditId, reason: 'another is attended to' })
    const working = this.#do(work, examinee)
    this.#works.add(working)
    return working.finally(() => this.#works.delete(working))
  }

  /** Does work that nobody times, between two turns, for a verifier that is enrolled. */
  async doUntimed<T>(auditId: string, caller: Caller, work: Work<T>): Promise<T> {
    const isKnown = caller.address !== undefined && (await this.#parts.ledger.isVerifier(caller.address))
    if (!isKnown) throw new ExamRefusedError({ auditId, reason: 'the caller is not an enrolled verifier' })
    return this.#inTurn(auditId, ({ examinee }) => this.#do(work, examinee))
  }

  /** Ends what is going on and gives everything back. Safe to repeat. */
  async end(): Promise<void> {
    this.#broken = new ExamRefusedError({ auditId: this.#attended?.auditId ?? 'any', reason: 'a lease has come' })
    this.#attended?.exchange.abort(this.#broken)
    await this.#turns.run(() => this.#devices.close())
  }

  #inTurn<T>(auditId: string, work: (opened: Awaited<ReturnType<ExamDevices['open']>>) => Promise<T>): Promise<T> {
    return this.#turns.run(async () => {
      if (!mayExamine(this.#parts.loop.state)) throw new ExamRefusedError({ auditId, reason: 'a lease is running' })
      this.#broken = undefined
      try {
        return await work(await this.#devices.open(auditId, await this.#readAudit(auditId)))
      } finally {
        this.#devices.closeLater(() => void this.#turns.run(() => this.#devices.close()))
      }
    })
  }

  async #do<T>(work: Work<T>, examinee: HonestExaminee): Promise<T> {
    try {
      return await work(examinee)
    } catch (error) {
      const isTheirs = error instanceof ExamRefusedError || error instanceof InvalidSizeError
      if (!isTheirs) this.#devices.markSick()
      throw error
    }
  }

  async #readAudit(auditId: string): Promise<AuditFacts> {
    const audit = await this.#parts.ledger.readAudit(auditId)
    if (!audit) throw new ExamRefusedError({ auditId, reason: 'it is not an audit of this machine that was drawn' })
    return audit
  }
}

export declare namespace ExamRoom {
  type Parts = Omit<ExamDevices.Parts, 'ledger' | 'throwIfBroken'> & {
    ledger: Pick<LedgerPort, 'readAudit' | 'isVerifier' | 'postTranscript'>
  }
}

function isSame(member: string, address: string | undefined): boolean {
  return address !== undefined && member.toLowerCase() === address.toLowerCase()
}

/** An exam takes half a minute, and 64 MiB each way over a slow line two more. */
const longestTurnMs = 5 * 60_000

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
