import type { Logger } from '@hotaru/base'
import type { Ledger } from '@hotaru/chain'
import type { Address } from 'viem'
import { openRingers } from './decoy/openRingers.ts'
import type { LeaseDisk } from './disk/createLeaseDisk.ts'
import { fuelKey } from './machine/fuelKey.ts'
import type { Lookout } from './machine/Lookout.ts'
import type { Beat } from './shell/keepUp.ts'
import type { LedgerFollower } from './shell/LedgerFollower.ts'
import type { Loop } from './shell/Loop.ts'

/** Everything the agent does by itself again and again; `alarms` hears what no part keeps. */
export function createBeats(parts: createBeats.Parts): Beat[] {
  const { loop, follower, lookout, disk, pollMs, ledger, owner, key, gasReserveWei, alarms, decoy, log } = parts
  return [
    ...(decoy ? [{ name: 'ringers', everyMs: ringersMs, run: () => openRingers(ledger, { ...decoy, log }) }] : []),
    { name: 'clock', everyMs: tickMs, run: () => loop.dispatch({ type: 'tick' }) },
    { name: 'ledger', everyMs: pollMs, run: () => follower.follow() },
    {
      name: 'disk',
      everyMs: diskMs,
      run: async () => loop.dispatch({ type: 'diskChecked', freeBytes: await disk.freeBytes() }),
    },
    {
      // A start that was cut off by a crash may still bring up its workload a moment later.
      name: 'workloads',
      everyMs: workloadsMs,
      run: async () => loop.dispatch({ type: 'workloadsFound', handles: await lookout.listWorkloads() }),
    },
    {
      name: 'drivers',
      everyMs: slowMs,
      run: async () => loop.dispatch({ type: 'driversChecked', drivers: await lookout.checkDrivers() }),
    },
    {
      name: 'fuel',
      everyMs: slowMs,
      run: async () => {
        alarms.isGasLow = await fuelKey(ledger, key, { owner, gasReserveWei, log })
      },
    },
  ]
}

export declare namespace createBeats {
  type Parts = {
    loop: Loop
    follower: LedgerFollower
    lookout: Lookout
    disk: LeaseDisk
    pollMs: number
    ledger: Ledger
    owner: Ledger | undefined
    key: Address
    gasReserveWei: bigint
    alarms: { isGasLow: boolean }
    /** What a decoy opens its ringers with. */
    decoy?: Omit<openRingers.Options, 'log'> | undefined
    log: Logger
  }
}

/** A lease ends within this of the second it is paid until. */
const tickMs = 1_000
/** A disk does not fill up in less, at the speed of a renter's line. */
const diskMs = 30_000
const workloadsMs = 60_000
/** The ledger gives ten minutes, and blocks may be late. */
const ringersMs = 5_000
const slowMs = 10 * 60_000
