import type { Effect } from '../core/Effect.ts'
import type { Fact } from '../core/Event.ts'
import type { DiskPort, LedgerPort } from '../ports.ts'
import type { DriverSet } from './DriverSet.ts'
import { reportToLedger } from './reportToLedger.ts'
import { startWorkload } from './startWorkload.ts'
import { verifyDevices } from './verifyDevices.ts'
import { watchWorkload } from './watchWorkload.ts'
import { wipeLease } from './wipeLease.ts'

/** What effects act on. */
export type Outside = {
  ledger: LedgerPort
  drivers: DriverSet
  disk: DiskPort
  guards: LeaseGuards
  exams: { end(): Promise<void> }
}

/** Ends everything that still writes to a lease's directory. */
export type LeaseGuards = { release(leaseId: string): Promise<void> }

/** Runs one effect against the outside; resolves with what is known by it. */
export async function runEffect(effect: Effect, outside: Outside, signal: AbortSignal): Promise<readonly Fact[]> {
  const { disk, drivers } = outside
  switch (effect.type) {
    case 'prepareDirectory': {
      const received = await disk.prepare(effect.leaseId, effect.manifest.files)
      return [{ type: 'directoryReady', leaseId: effect.leaseId, received }]
    }
    case 'startWorkload':
      return startWorkload(effect, outside)
    case 'verifyDevices':
      return verifyDevices(effect, outside)
    case 'watchWorkload':
      return watchWorkload(effect, outside, signal)
    case 'stopWorkload':
      await drivers.of(effect.handle.driver).stop(effect.handle, { graceMs: stopGraceMs })
      return []
    case 'wipe':
      return wipeLease(effect, outside)
    case 'endExam':
      await outside.exams.end()
      return [{ type: 'examEnded' }]
    case 'removeOrphan':
      await drivers.of(effect.handle.driver).remove(effect.handle)
      return [{ type: 'orphanRemoved', taskId: effect.handle.taskId }]
    default:
      return reportToLedger(effect, outside.ledger)
  }
}

/** Time to write a checkpoint, short enough that the next tenant of the slot does not wait long. */
const stopGraceMs = 5_000
