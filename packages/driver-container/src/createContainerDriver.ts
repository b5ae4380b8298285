import { createHash } from 'node:crypto'
import { type Logger, silentLogger } from '@hotaru/base'
import type { Driver } from '@hotaru/driver'
import { type ContainerDevice, findDevices } from './device/findDevices.ts'
import type { Engine } from './engine/Engine.ts'
import type { Wall } from './hardening/Wall.ts'
import { fingerprint } from './task/fingerprint.ts'
import { listTasks } from './task/listTasks.ts'
import { readLogs } from './task/readLogs.ts'
import { readStats } from './task/readStats.ts'
import { recoverTask } from './task/recoverTask.ts'
import { removeTask } from './task/removeTask.ts'
import { runCommand } from './task/runCommand.ts'
import type { Shop } from './task/Shop.ts'
import { startTask } from './task/startTask.ts'
import { stopTask } from './task/stopTask.ts'
import { verifyTask } from './task/verifyTask.ts'
import { waitForTask } from './task/waitForTask.ts'

/**
 * Runs workloads as hardened containers of Docker or Podman.
 *
 * A workload sees its image read-only, its own directory as `/workload`, a small `/tmp`, and the GPUs it leased; it has
 * no network, no capability, and no way to more. Deadlines and disk quotas are held by a warden process that outlives
 * the agent. Only images named by digest are run.
 *
 * @example
 * const engine = await findEngine() ?? (await startEngine({ directory: '/var/lib/hotaru/engine' })).engine
 * const testImage = await buildImage(engine, { directory: '/var/lib/hotaru/image', deno: '/usr/bin/deno' })
 * const driver = createContainerDriver({ engine, directory: '/var/lib/hotaru/container', testImage })
 */
export function createContainerDriver(options: createContainerDriver.Options): Driver {
  const { engine, directory, testImage, sources = [], accepted = [] } = options
  const { logLimitBytes = 16 * 1024 * 1024, logger = silentLogger } = options
  const label = `hotaru.driver=${createHash('sha256').update(directory).digest('hex').slice(0, 16)}`
  const shop: Shop = {
    engine,
    directory,
    label,
    devices: options.devices ?? findDevices(),
    testImage,
    sources,
    accepted,
    logLimitBytes,
    without: new Set(options.without),
    logger,
    starting: new Map(),
  }
  return {
    name: 'container',
    tier: 'container',
    fingerprint: () => fingerprint(shop),
    start: (task) => startTask(shop, task),
    verifyDevices: (handle) => verifyTask(shop, handle),
    recover: (handle) => recoverTask(shop, handle),
    wait: (handle, { signal } = {}) => waitForTask(shop, handle, signal),
    stop: (handle, { graceMs = 10_000 } = {}) => stopTask(shop, handle, graceMs),
    stats: (handle) => readStats(shop, handle),
    logs: (handle, logOptions = {}) => readLogs(shop, handle, logOptions),
    exec: (handle, command, execOptions = {}) => runCommand(shop, handle, { command, ...execOptions }),
    remove: (handle) => removeTask(shop, handle),
    list: () => listTasks(shop),
  }
}

export declare namespace createContainerDriver {
  type Options = {
    engine: Engine
    /** Where the driver keeps its records; absolute, one driver a directory. */
    directory: string
    /** Image with a shell that the self-test runs, as `buildImage` gives it; without one the driver is not healthy. */
    testImage?: string | undefined
    /** OCI layouts and image archives to look into before a registry is asked. */
    sources?: readonly string[] | undefined
    /** GPUs to offer. @default findDevices() */
    devices?: readonly ContainerDevice[] | undefined
    /** Advisories (`CVE-…`) whose risk the owner takes, for machines that run only his own work. */
    accepted?: readonly string[] | undefined
    /** What is kept of each stream of a workload's output. @default 16 MiB */
    logLimitBytes?: number | undefined
    logger?: Logger | undefined
    /** Walls to leave out. Only for tests that show what each wall is for: a driver without one is never healthy. */
    without?: readonly Wall[] | undefined
  }
}
