import { availableParallelism, totalmem } from 'node:os'
import type { Config } from './config.ts'
import type { Settings } from './core/State.ts'
import type { Place } from './machine/PlaceFile.ts'

/** The constants of the core, out of the agent file and the machine's place on the ledger. */
export function toSettings(config: Config, place: Place, { key }: { key: string }): Settings {
  return {
    taskPrefix: `m${key.slice(2, 10).toLowerCase()}`,
    slots: place.slots,
    memoryBytes: config.lend.memoryBytes ?? Math.floor(totalmem() * 0.9),
    cpus: config.lend.cpus ?? availableParallelism(),
    confirmations: config.confirmations,
    startWindowSeconds: place.startWindowSeconds,
    acceptWindowSeconds: place.acceptWindowSeconds,
    resultsGraceMs: config.resultsGraceSeconds * 1000,
    exitGraceMs: config.exitGraceSeconds * 1000,
    unbilledLimitMs,
    heartbeatMs: config.heartbeatSeconds * 1000,
    diskReserveBytes,
  }
}

/** A few slow blocks, and then some; beyond that the machine would be working for nothing. */
const unbilledLimitMs = 120_000

/** Room for years of journal, so that a renter's files can never stop the agent from writing down what it owes. */
const diskReserveBytes = 64 * 2 ** 20
