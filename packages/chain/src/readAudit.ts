import { auditsAbi } from '@hotaru/contracts'
import type { Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** States of an audit, in the order of the ledger's enum. */
export const auditStates = ['none', 'requested', 'passed', 'failed', 'noVerdict'] as const
export type AuditState = (typeof auditStates)[number]

/** One check of a machine, as the ledger knows it. */
export type Audit = {
  id: bigint
  machineId: bigint
  state: AuditState
  /** What the challenge is made from. */
  seed: Hex
  /** Unix seconds until which verdicts count. */
  deadline: number
  attestations: number
}

/** Reads an audit; its state is `none` when there is no such one. */
export async function readAudit(ledger: Ledger, { auditId }: { auditId: bigint }): Promise<Audit> {
  const raw = await readCall(ledger, `read audit "${auditId}"`, (client, { audits }) =>
    client.readContract({ abi: auditsAbi, address: audits, functionName: 'audit', args: [auditId] }),
  )
  const [machineId, state, seed, deadline, attestations] = raw
  const stateName = auditStates[state] ?? 'none'
  return {
    id: auditId,
    machineId,
    state: stateName,
    seed,
    deadline: Number(deadline),
    attestations: Number(attestations),
  }
}

/** The number of a machine's latest audit; undefined when it never had one. */
export async function findLatestAudit(
  ledger: Ledger,
  { machineId }: { machineId: bigint },
): Promise<bigint | undefined> {
  const auditId = await readCall(ledger, `find the audit of machine "${machineId}"`, (client, { audits }) =>
    client.readContract({ abi: auditsAbi, address: audits, functionName: 'latestAudit', args: [machineId] }),
  )
  return auditId === 0n ? undefined : auditId
}
