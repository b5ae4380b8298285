import type { Effect } from './Effect.ts'
import { mayExamine } from './mayExamine.ts'
import type { MachineWork } from './State.ts'
import type { Context } from './steps/Step.ts'
import { ledgerNowMs } from './time.ts'

/** What the machine itself should be doing: heartbeats, audits, and offering only while it can keep its word. */
export function advanceMachine({ state, settings, nowMs }: Context): { machine: MachineWork; wants: Effect[] } {
  const { machine } = state
  const wants: Effect[] = machine.orphans.map((handle) => ({ type: 'removeOrphan', handle }))
  if (machine.examining && !mayExamine(state)) wants.push({ type: 'endExam' })
  if (machine.ledger === null) return { machine, wants }

  if (machine.heartbeatAtMs === null || nowMs >= machine.heartbeatAtMs + settings.heartbeatMs)
    wants.push({ type: 'heartbeat' })
  if (machine.endpoint !== '' && machine.endpoint !== machine.ledger.endpoint)
    wants.push({ type: 'setEndpoint', endpoint: machine.endpoint })
  if (machine.drivers === null) return { machine, wants }

  const able = whyNotAble(machine, settings.diskReserveBytes) === null
  if (!able && machine.ledger.state === 'online') {
    wants.push({ type: 'pause' })
    return { machine: { ...machine, pausedByAgent: true }, wants }
  }
  if (able && machine.ledger.state === 'paused' && machine.pausedByAgent) wants.push({ type: 'resume' })
  if (able && machine.ledger.state === 'online' && needsAudit(machine, ledgerNowMs(state, nowMs), nowMs))
    wants.push({ type: 'requestAudit' })
  return { machine, wants }
}

/** Why the machine can take no new lease now, as a sentence; null when it can. */
export function whyNotAble(machine: MachineWork, diskReserveBytes: number): string | null {
  if (!machine.journalOk) return 'its journal cannot be written'
  if (machine.freeDiskBytes < diskReserveBytes) return 'its disk is nearly full'
  if (!machine.drivers?.some((driver) => driver.healthy)) return 'none of its drivers works'
  return null
}

function needsAudit(machine: MachineWork, ledgerMs: number | null, nowMs: number): boolean {
  if (machine.ledger === null || machine.ledger.auditOpen || ledgerMs === null) return false
  const isStale = machine.ledger.classValidUntil * 1000 < ledgerMs + renewBeforeMs
  return isStale && (machine.auditAskedAtMs === null || nowMs >= machine.auditAskedAtMs + auditAgainMs)
}

/** A class is renewed a day before it ends: verifiers may take an hour, and it may have to be asked twice. */
const renewBeforeMs = 24 * 3600 * 1000

/** An audit that came to no verdict is asked for again, but not in a loop: verifiers' time is not free. */
const auditAgainMs = 5 * 60 * 1000
