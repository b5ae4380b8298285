import type { State } from '../core/State.ts'
import { ledgerNowMs } from '../core/time.ts'

/** Something an owner should know, with what mends it. Codes are permanent. */
export type Condition = {
  code: string
  severity: 'error' | 'warning' | 'info'
  sentence: string
  mend: string | null
}

/** What is known beside the state of the core. */
export type Surroundings = { isLedgerReachable: boolean; isGasLow: boolean; diskReserveBytes: number; nowMs: number }

/** Everything that is not as it should be, the worst first; empty on a healthy machine. */
export function findConditions(state: State, around: Surroundings): Condition[] {
  const { machine } = state
  const found: Condition[] = []
  if (!machine.journalOk) found.push(journalUnwritable)
  if (machine.freeDiskBytes < around.diskReserveBytes) found.push(diskFull)
  if (machine.drivers !== null && !machine.drivers.some((driver) => driver.healthy)) found.push(noDriver)
  if (!around.isLedgerReachable) found.push(ledgerUnreachable)
  if (around.isGasLow) found.push(gasLow)
  for (const { name, healthy, reason, hint } of machine.drivers ?? [])
    if (!healthy) found.push({ ...driverUnhealthy, sentence: `Driver "${name}" does not work: ${reason}`, mend: hint })
  const validUntilMs = (machine.ledger?.classValidUntil ?? 0) * 1000
  if (machine.ledger && validUntilMs < (ledgerNowMs(state, around.nowMs) ?? around.nowMs)) found.push(auditMissing)
  if (machine.ledger?.state === 'paused' && !machine.pausedByAgent) found.push(pausedByOwner)
  if (machine.orphans.length > 0) found.push(orphans)
  return found.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
}

const order: readonly Condition['severity'][] = ['error', 'warning', 'info']

const journalUnwritable: Condition = {
  code: 'journal-unwritable',
  severity: 'error',
  sentence: 'The journal cannot be written; no new work is taken, what runs goes on',
  mend: 'free space on the disk of the agent directory',
}

const diskFull: Condition = {
  code: 'disk-full',
  severity: 'error',
  sentence: 'The disk is nearly full; no new work is taken',
  mend: 'free space on the disk of the agent directory',
}

const noDriver: Condition = {
  code: 'no-driver',
  severity: 'error',
  sentence: 'No driver works; the machine is paused on the ledger',
  mend: 'see the conditions of the drivers',
}

const ledgerUnreachable: Condition = {
  code: 'ledger-unreachable',
  severity: 'warning',
  sentence: 'The chain does not answer; running leases end on time without it',
  mend: 'check the RPC URL in the agent file and that the network is up',
}

const gasLow: Condition = {
  code: 'gas-low',
  severity: 'warning',
  sentence: 'The machine key is running out of gas money',
  mend: 'send it some, or set "ownerKeyFile"',
}

const driverUnhealthy: Condition = { code: 'driver-unhealthy', severity: 'warning', sentence: '', mend: null }

const auditMissing: Condition = {
  code: 'audit-missing',
  severity: 'warning',
  sentence: 'No valid audit; the machine cannot be leased until verifiers have passed it',
  mend: 'an audit is asked for by itself; check that the endpoint can be reached from outside',
}

const pausedByOwner: Condition = {
  code: 'paused-by-owner',
  severity: 'info',
  sentence: 'The owner has paused the machine on the ledger',
  mend: 'resume it with the owner key',
}

const orphans: Condition = {
  code: 'orphans',
  severity: 'info',
  sentence: 'Workloads that no lease backs are being removed',
  mend: null,
}
