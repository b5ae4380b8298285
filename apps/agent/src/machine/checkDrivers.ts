import type { Logger } from '@hotaru/base'
import { deadline } from '@hotaru/base/async'
import type { Fingerprint, Handle } from '@hotaru/driver'
import type { DriverSet } from '../shell/DriverSet.ts'

/** What the drivers of a machine can do, by really trying each. One that breaks or hangs is unhealthy, not fatal. */
export async function checkDrivers(drivers: DriverSet): Promise<Fingerprint[]> {
  return Promise.all(
    drivers.all.map(async (driver) => {
      try {
        return await deadline(driver.fingerprint(), selfTestMs, { what: `try driver ${driver.name}` })
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        const nothing = { version: null, devices: [], details: {}, hint: null }
        return { driver: driver.name, tier: driver.tier, healthy: false, reason, ...nothing }
      }
    }),
  )
}

/** Handles of everything the drivers still have. A driver that cannot say is asked again later. */
export async function listWorkloads(drivers: DriverSet, log: Logger): Promise<Handle[]> {
  const lists = await Promise.all(
    drivers.all.map((driver) =>
      deadline(driver.list(), listMs, { what: `ask driver ${driver.name}` }).catch((error: unknown) => {
        log.warn('driver cannot list its workloads', { driver: driver.name, error })
        return []
      }),
    ),
  )
  return lists.flat()
}

/** A container self-test on a slow disk takes seconds; a minute means that something hangs. */
const selfTestMs = 60_000
const listMs = 15_000
