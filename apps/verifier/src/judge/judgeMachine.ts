import type { Clock, Logger } from '@hotaru/base'
import type { Audit } from '@hotaru/chain'
import { type Connection, dialMachine } from '@hotaru/link'
import { findFault, multiplyAddsOf } from '@hotaru/proof'
import { answerSchemas, type Machine, toBand, type Verdict } from '@hotaru/protocol'
import type { Hex } from 'viem'

/**
 * Challenges a machine over the link and does its work again to check the answer.
 *
 * The class is what was seen from here: time includes the way there and back. Today every machine answers with its
 * processor, so every class says `cpu`; memory, network and disk are not measured yet and their bands are 0.
 *
 * @param readTranscript What the machine has posted by now: it commits before it answers.
 * @throws `Link.UnreachableError` and its kin when the machine does not answer: that is no verdict yet.
 */
export async function judgeMachine(
  machine: Machine,
  audit: Audit & { seed: Hex },
  { chainId, readTranscript, clock, log, signal }: judgeMachine.Options,
): Promise<Verdict> {
  const { n, rounds, seed } = audit
  const size = { n, rounds, slots: machine.slots }
  const challenge = { ...size, seed, chainId: BigInt(chainId), machineId: machine.id, auditId: audit.id }
  const connection: Connection = await dialMachine({ endpoint: machine.endpoint, machineKey: machine.key, signal })
  try {
    const pingMs = clock.monotonicMs()
    await connection.request({ verb: 'describe' }, { signal })
    const startMs = clock.monotonicMs()
    const said = await connection.request({ verb: 'challenge', auditId: audit.id.toString() }, { signal })
    const durationMs = clock.monotonicMs() - startMs
    const answer = answerSchemas.challenge.safeParse(said)
    const transcript = await readTranscript()
    const fault = answer.success ? findFault(challenge, answer.data.answer, { transcript }) : noAnswer
    log.info('challenge answered', { auditId: audit.id, machineId: machine.id, durationMs, fault: fault?.reason })
    if (fault || transcript === undefined) return { passed: false }
    const perSecond = multiplyAddsOf(size) / (durationMs / 1000)
    const measured = { kind: 'cpu', computeBand: toBand(perSecond), memoryBand: 0, slots: machine.slots } as const
    const network = { rttBand: toBand(startMs - pingMs), downBand: 0, upBand: 0 }
    return { passed: true, class: measured, network, disk: { writeBand: 0, readBand: 0 } }
  } finally {
    await connection.close()
  }
}

const noAnswer = { reason: 'it is not the shape of an answer' }

export declare namespace judgeMachine {
  type Options = {
    chainId: number
    readTranscript: () => Promise<Hex | undefined>
    clock: Clock
    log: Logger
    signal?: AbortSignal | undefined
  }
}
