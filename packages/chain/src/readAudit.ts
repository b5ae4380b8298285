import { auditsAbi } from '@hotaru/contracts'
import { type Hex, zeroHash } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { type AuditState, auditStates } from './states.ts'

/** One check of a machine, as the ledger knows it. Times in unix seconds; 0 where it has not happened. */
export type Audit = {
  id: bigint
  machineId: bigint
  /** Who judges it now. */
  committeeId: bigint
  state: AuditState
  /** What the challenge is made from; undefined before the committee is seated. */
  seed: Hex | undefined
  /** Size of the challenge: `rounds` products of n × n. */
  n: number
  rounds: number
  requestedAt: number
  finishedAt: number
  /** What the machine committed to; undefined before. */
  transcript: Hex | undefined
  postedAt: number
  /** The commitment of a ringer, or bytes of chance; undefined when it can be none. */
  ringer: Hex | undefined
}

/** Reads an audit; its state is `none` when there is no such one. */
export async function readAudit(ledger: Ledger, { auditId }: { auditId: bigint }): Promise<Audit> {
  const [raw, seed] = await readCall(ledger, `read audit "${auditId}"`, (client, { audits }) => {
    const at = { abi: auditsAbi, address: audits, args: [auditId] } as const
    return Promise.all([
      client.readContract({ ...at, functionName: 'audit' }),
      client.readContract({ ...at, functionName: 'seedOf' }),
    ])
  })
  const { machineId, committeeId, state, n, rounds, requestedAt, finishedAt, postedAt, transcript, ringer } = raw
  return {
    ...{ id: auditId, machineId, committeeId, state: auditStates[state] ?? 'none', n, rounds },
    ...{ requestedAt, finishedAt, postedAt, seed: unlessZero(seed), transcript: unlessZero(transcript) },
    ringer: unlessZero(ringer),
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

const unlessZero = (hash: Hex) => (hash === zeroHash ? undefined : hash)
