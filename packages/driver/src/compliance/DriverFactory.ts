import type { Logger } from '@hotaru/base'
import type { Driver } from '../Driver.ts'
import type { Wall } from '../Wall.ts'

/** Makes the driver that a suite tests. Two drivers with one `directory` are one driver before and after a restart. */
export type DriverFactory = (options: DriverFactory.Options) => Driver

export declare namespace DriverFactory {
  type Options = {
    /** What the driver keeps of its workloads; outside of every task's directory. */
    directory: string
    /** Walls to leave out. @default none */
    without?: readonly Wall[] | undefined
    /** Pretend that the runtime has this version. @default the real one */
    version?: string | undefined
    /** What is kept of each stream of output. @default the driver's own */
    logLimitBytes?: number | undefined
    log?: Logger | undefined
  }
}
