import type { Clock, Logger } from '@hotaru/base'
import { type Connection, dialMachine } from '@hotaru/link'
import { cpuChallenge, findFault, multiplyAddsOf } from '@hotaru/proof'
import { answerSchemas, type Class, type Machine, toBand } from '@hotaru/protocol'

/** What one verifier says of a machine. */
export type Verdict = { passed: true; class: Class } | { passed: false; reason: string }

/**
 * Challenges a machine over the link and does its work again to check the answer.
 *
 * The class is what was seen from here: time includes the way there and back. Today every machine answers with its
 * processor, so every class says `cpu`; memory is not measured yet and its band is 0.
 *
 * @throws `Link.UnreachableError` and its kin when the machine does not answer: that is no verdict yet.
 */
export async function judgeMachine(
  machine: Machine,
  audit: { id: bigint; seed: string },
  { clock, log, signal }: judgeMachine.Options,
): Promise<Verdict> {
  const connection: Connection = await dialMachine({ endpoint: machine.endpoint, machineKey: machine.key, signal })
  try {
    const startMs = clock.monotonicMs()
    const said = await connection.request({ verb: 'challenge', auditId: audit.id.toString() }, { signal })
    const durationMs = clock.monotonicMs() - startMs
    const answer = answerSchemas.challenge.safeParse(said)
    const fault = answer.success ? findFault(audit.seed, answer.data.answer) : 'it is not the shape of an answer'
    log.info('challenge answered', { auditId: audit.id, machineId: machine.id, durationMs, fault })
    if (fault) return { passed: false, reason: fault }
    const perSecond = multiplyAddsOf(cpuChallenge) / (durationMs / 1000)
    return { passed: true, class: { kind: 'cpu', computeBand: toBand(perSecond), memoryBand: 0, slots: 1 } }
  } finally {
    await connection.close()
  }
}

export declare namespace judgeMachine {
  type Options = { clock: Clock; log: Logger; signal?: AbortSignal | undefined }
}
