import type { Exit, Tier } from '@hotaru/protocol'

/**
 * The part of the agent that runs one kind of workload.
 *
 * A driver knows neither chain nor market: it gets a task, and answers with a handle that is plain JSON and survives a
 * restart of the agent. Every workload lives on when the agent dies and is adopted by `recover`; its `deadline` holds
 * even while no agent is there.
 */
export type Driver = {
  /** `deno`, `container`, …: the word in a workload's program. */
  readonly name: string
  /** How strong the wall around its workloads is. */
  readonly tier: Tier
  /** What works here and why not, found by really running a small workload. Offers name only healthy drivers. */
  fingerprint(options?: { signal?: AbortSignal | undefined }): Promise<Fingerprint>
  /**
   * Starts a task and resolves when its program runs.
   *
   * Starting the same `task.id` again gives the handle of the one that runs: never two.
   * @throws `Driver.StartError` with nothing left behind.
   */
  start(task: Task): Promise<Handle>
  /** Whether the granted devices are there inside the running workload; billing begins only after this passes. */
  verifyDevices(handle: Handle): Promise<DeviceCheck>
  /** Takes up a workload after the agent restarted: `running`, or how it ended meanwhile (`lost` when unknown). */
  recover(handle: Handle): Promise<'running' | Exit>
  /** Resolves when the workload has ended, however often and whenever it is asked. */
  wait(handle: Handle, options?: { signal?: AbortSignal | undefined }): Promise<Exit>
  /** Asks the workload to end, and ends it after `graceMs`; resolves when no process of it is left. Safe to repeat. */
  stop(handle: Handle, options?: { graceMs?: number | undefined }): Promise<void>
  stats(handle: Handle): Promise<Stats>
  /** What the program printed, from byte `fromByte` of each stream on; with `follow` until it has ended. */
  logs(handle: Handle, options?: LogOptions): AsyncIterable<LogChunk>
  /** Runs one more command inside the workload's walls. */
  exec(handle: Handle, command: readonly string[], options?: ExecOptions): Promise<Exec>
  /** Stops it and forgets everything of it that the driver keeps; the task's directory belongs to the caller. Safe to repeat. */
  remove(handle: Handle): Promise<void>
  /** Handles of all workloads of this driver on this machine, so that none is left without a lease. */
  list(): Promise<Handle[]>
}

/** What a driver can do here. */
export type Fingerprint = {
  driver: string
  healthy: boolean
  /** One sentence when not healthy, with what mends it in `hint`. */
  reason: string | null
  hint: string | null
  version: string | null
  tier: Tier
  /** Devices that workloads of this driver can have, in slot order; empty when only the processor. */
  devices: readonly Device[]
  /** Facts worth printing: `{ box: 'bubblewrap 0.8.0', seccomp: true, cgroup: 'v1' }`. */
  details: Readonly<Record<string, string | number | boolean>>
}

/** One device (GPU) as a driver exposes it. */
export type Device = { slot: number; kind: 'gpu' | 'cpu'; name: string; id: string }

/** What to run, complete: a driver asks nobody else. */
export type Task = {
  /** Unique and stable, `[a-z0-9-]{1,63}`. */
  id: string
  program:
    | { driver: 'deno'; entry: string; arguments: readonly string[] }
    | { driver: 'container'; image: string; command: readonly string[] }
  /** Absolute path of the workload's own directory: its files, its working directory, the only thing it may write. */
  directory: string
  limits: TaskLimits
  /** The devices of the leased slots. */
  devices: readonly Device[]
  /** Wall time at which the workload ends, agent or no agent. */
  deadlineUnixMs: number
}

export type TaskLimits = {
  memoryBytes: number
  diskBytes: number
  /** Processes and threads. */
  processes: number
  /** Share of processors, 1 = one whole core. */
  cpus: number
}

/** A running workload, as JSON: what a journal keeps. */
export type Handle = {
  driver: string
  taskId: string
  /** The driver's own facts (process id and its start time, container id, …). */
  state: Readonly<Record<string, string | number | boolean | null>>
}

export type DeviceCheck = { ok: true; found: readonly string[] } | { ok: false; reason: string }

export type Stats = {
  /** CPU time used since the start. */
  cpuMs: number
  memoryBytes: number
  diskBytes: number
  processes: number
}

export type LogOptions = {
  follow?: boolean | undefined
  fromByte?: { stdout: number; stderr: number } | undefined
  signal?: AbortSignal | undefined
}

export type LogChunk = { stream: 'stdout' | 'stderr'; atByte: number; bytes: Uint8Array }

export type ExecOptions = { stdin?: AsyncIterable<Uint8Array> | undefined; signal?: AbortSignal | undefined }

/** A command running inside a workload: iterate its output, then read how it ended. */
export type Exec = { output: AsyncIterable<{ stream: 'stdout' | 'stderr'; bytes: Uint8Array }>; exit: Promise<Exit> }
