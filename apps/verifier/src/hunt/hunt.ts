import type { Logger } from '@hotaru/base'
import { type Audit, type Ledger, readAudit, readMachine, readTime } from '@hotaru/chain'
import { createLinkExaminee } from '@hotaru/exam'
import { dialMachine } from '@hotaru/link'
import { type Backend, huntFault, multiplyAddsOf, unpackOpenings } from '@hotaru/proof'
import type { Hex } from 'viem'
import type { Evidence } from './Evidence.ts'

/**
 * Looks into an audit that is over, whoever sat in its committee: makes some of its products again, and where one differs
 * has the machine lead to the wrong entry. A reward waits for whoever finds one, so outsiders look too.
 */
export async function hunt(ledger: Ledger, auditId: bigint, options: hunt.Options): Promise<void> {
  const { evidence, backend, key, log, signal } = options
  const audit = await readAudit(ledger, { auditId })
  const { transcript, seed } = audit
  const isOver = (await readTime(ledger)) >= audit.finishedAt + challengeSeconds
  if (transcript === undefined || seed === undefined || !provable.has(audit.state) || isOver)
    return log.debug('nothing can be proved', { auditId })
  const { id: machineId, slots, endpoint, key: machineKey } = await readMachine(ledger, audit)
  const challenge = { ...audit, seed, slots, machineId, auditId, chainId: BigInt(ledger.deployment.chainId) }
  const connection = await dialMachine({ endpoint, machineKey, key, signal })
  try {
    const examinee = createLinkExaminee(connection, { auditId: auditId.toString(), slots, signal })
    const openLeaf = async ({ slot, round }: { slot: number; round: number }, leaf: number) =>
      unpackOpenings(await examinee.openLeaves({ slot, round, leaves: [leaf] }), 1)?.[0]
    const indices = pickRounds(audit, slots, options)
    const fault = await huntFault(challenge, await examinee.record(), { transcript, indices, backend, openLeaf })
    log.info('transcript hunted through', { auditId, machineId, rounds: indices.length, fault: fault?.reason })
    if (fault?.proof) await evidence.keep(auditId, fault.proof)
  } finally {
    await connection.close()
  }
}

export declare namespace hunt {
  type Options = {
    evidence: Evidence
    backend: Backend
    /** This verifier's own key: machines show what they posted to enrolled verifiers. */
    key: Hex
    /** Multiply-adds that it spends on one transcript. */
    budget: number
    /** Chance: a whole number from 0 to below `limit`. */
    randomBelow(limit: number): number
    log: Logger
    signal: AbortSignal
  }
}

const provable: ReadonlySet<string> = new Set(['passed', 'failed', 'noVerdict'])

/** `AuditProofs.CHALLENGE_PERIOD`. */
const challengeSeconds = 24 * 3600

/** As many rounds as the budget lasts for, by chance; all of them when it lasts. */
function pickRounds(
  size: Pick<Audit, 'n' | 'rounds'>,
  slots: number,
  { budget, randomBelow }: Pick<hunt.Options, 'budget' | 'randomBelow'>,
): number[] {
  const left = Array.from({ length: size.rounds * slots }, (_, index) => index)
  const count = Math.floor(budget / multiplyAddsOf({ ...size, rounds: 1 }))
  if (count >= left.length) return left
  return Array.from({ length: count }, () => left.splice(randomBelow(left.length), 1)[0] as number)
}
