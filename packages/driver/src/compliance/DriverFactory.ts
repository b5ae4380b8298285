import type { Logger } from '@hotaru/base'
import type { Driver } from '../Driver.ts'

/**
 * One thing that keeps a workload in. A test may ask a driver to leave some out, to see that its probe can fail.
 *
 * `permissions`: what the program's own runtime refuses. `files`: sees no file of the host. `network`: has no way
 * out. `privileges`: no capability, no way to gain one, not the administrator. `syscalls`: no system call that reaches
 * deep into the kernel. `environment`: sees no variable of the agent. The others are the limits of a task.
 */
export type Wall =
  | 'permissions'
  | 'files'
  | 'network'
  | 'privileges'
  | 'syscalls'
  | 'environment'
  | 'memory'
  | 'processes'
  | 'disk'
  | 'deadline'

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
