import { randomBytes } from 'node:crypto'
import type { Clock, Logger } from '@hotaru/base'
import { type Audit, type BeaconSource, type Ledger, readAudit, readCommittee } from '@hotaru/chain'
import { createLinkExaminee, type Probed, type ProbePlan, probe } from '@hotaru/exam'
import { dialMachine } from '@hotaru/link'
import { type Checker, type ExamPlan, examine, type Fault, type Measured } from '@hotaru/proof'
import { type Machine, toBand, type Verdict } from '@hotaru/protocol'
import type { Hex } from 'viem'
import { waitForPicks } from '../beacon/waitForPicks.ts'
import type { Pairs } from './Pairs.ts'

/** How large an exam is, and how long a machine may take for all of it. */
export type JudgePlan = { exam: ExamPlan; probe: ProbePlan; patienceMs: number }

/**
 * Examines a machine over the link: its posted answer by the entries that chance picks, its speed and memory by a sprint and
 * a walk of this verifier's own, its line and disk by probes.
 *
 * The class is what was seen from here: times include the way there and back.
 *
 * @param key This verifier's own: the machine attends to members of its committee only.
 * @throws `Link.UnreachableError` and its kin when the machine does not answer: that is no verdict yet.
 */
export async function judgeMachine(
  ledger: Ledger,
  machine: Machine,
  audit: Audit & { seed: Hex },
  options: judgeMachine.Options,
): Promise<{ verdict: Verdict; fault?: Fault }> {
  const { plan, checker, beacon, key, clock, log, signal } = options
  const auditId = audit.id.toString()
  const asked = {
    ...{ slots: machine.slots, seed: audit.seed, chainId: BigInt(ledger.deployment.chainId) },
    ...{ machineId: machine.id, auditId: audit.id },
  }
  const posted = {
    ...{ n: audit.n, rounds: audit.rounds },
    transcript: async () => (await readAudit(ledger, { auditId: audit.id })).transcript,
    pickSeed: () => waitForPicks(ledger, audit.id, { beacon, clock, signal }),
  }
  const connection = await dialMachine({ endpoint: machine.endpoint, machineKey: machine.key, key, signal })
  const examinee = createLinkExaminee(connection, { auditId, slots: machine.slots, signal })
  const begin = () => beginWith(ledger, audit.id, () => examinee.begin(), options)
  try {
    const outcome = await examine({ ...examinee, begin }, asked, { posted, plan: plan.exam, clock, random32, checker })
    if ('fault' in outcome) {
      log.info('machine has failed', { auditId, machineId: machine.id, fault: outcome.fault.reason })
      return { verdict: { passed: false }, fault: outcome.fault }
    }
    const probed = await probe(connection, { auditId, plan: plan.probe, clock, random32, signal })
    log.info('machine examined', { auditId, machineId: machine.id, ...outcome.measured, ...probed })
    return { verdict: toVerdict(outcome.measured, probed, machine.slots) }
  } finally {
    options.pairs.part(audit.id)
    examinee.leave()
    await connection.close()
  }
}

export declare namespace judgeMachine {
  type Options = {
    plan: JudgePlan
    checker: Checker
    beacon: BeaconSource
    key: Hex
    pairs: Pairs
    clock: Clock
    log: Logger
    signal: AbortSignal
  }
}

/** Has the machine attend; with another that this verifier has to examine side by side, both. */
async function beginWith(
  ledger: Ledger,
  auditId: bigint,
  attend: () => Promise<Measured['kind']>,
  { pairs, clock, log, signal }: judgeMachine.Options,
): Promise<Measured['kind']> {
  const otherId = pairs.otherOf(auditId)
  if (otherId === undefined || !(await sitsOver(ledger, otherId))) return attend()
  let kind: Measured['kind'] = 'cpu'
  const keepKind = async () => {
    kind = await attend()
  }
  const isTogether = await pairs.meet(auditId, otherId, { attend: keepKind, clock, signal })
  log.info(isTogether ? 'machines begin side by side' : 'machine begins without the other', { auditId, otherId })
  return kind
}

/** Whether this verifier sits in the committee that works on an audit. */
async function sitsOver(ledger: Ledger, auditId: bigint): Promise<boolean> {
  const { committeeId } = await readAudit(ledger, { auditId })
  const { phase, members } = await readCommittee(ledger, { committeeId })
  return phase === 'committing' && members.includes(ledger.wallet?.account.address ?? '0x')
}

function toVerdict(measured: Measured, probed: Probed, slots: number): Verdict {
  return {
    passed: true,
    class: {
      ...{ kind: measured.kind, slots },
      computeBand: toBand(measured.multiplyAddsPerSecond),
      memoryBand: toBand(measured.memoryBytes),
    },
    network: {
      // 0 would say that it was not measured; 1 is anything below two milliseconds.
      rttBand: Math.max(1, toBand(probed.rttMs)),
      downBand: toBand(probed.sentBytesPerSecond),
      upBand: toBand(probed.takenBytesPerSecond),
    },
    disk: { writeBand: toBand(probed.writtenBytesPerSecond), readBand: toBand(probed.readsPerSecond) },
  }
}

const random32 = (): Hex => `0x${randomBytes(32).toString('hex')}`
