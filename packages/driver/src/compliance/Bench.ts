import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Driver, Handle, Task } from '../Driver.ts'
import type { DriverFactory } from './DriverFactory.ts'
import type { LittleProgram } from './Programs.ts'

/** Limits that every little program fits into. */
export const roomyLimits = { memoryBytes: 512 * 2 ** 20, diskBytes: 64 * 2 ** 20, processes: 128, cpus: 1 }

/** Where a suite works: makes drivers and tasks in a scratch directory, and leaves nothing behind when closed. */
export class Bench {
  readonly directory: string
  readonly #createDriver: DriverFactory
  readonly #started: { driver: Driver; handle: Handle }[] = []
  #tasks = 0

  private constructor(directory: string, createDriver: DriverFactory) {
    this.directory = directory
    this.#createDriver = createDriver
  }

  static async open(createDriver: DriverFactory): Promise<Bench> {
    const directory = await mkdtemp(join(tmpdir(), 'hotaru-driver-'))
    // So that a workload with a user of its own can get at its directory also where no box brings it there.
    await chmod(directory, 0o755)
    return new Bench(directory, createDriver)
  }

  /** A driver over the bench's one state directory, like the same agent after yet another restart. */
  driver(options: Omit<DriverFactory.Options, 'directory'> = {}): Driver {
    return this.#createDriver({ ...options, directory: join(this.directory, 'state') })
  }

  /** A task for a program, its files written. */
  async task(little: LittleProgram, options: Bench.TaskOptions = {}): Promise<Task> {
    const id = `task-${process.pid}-${this.#tasks++}`
    const directory = join(this.directory, 'tasks', id)
    await mkdir(directory, { recursive: true })
    for (const [path, text] of Object.entries({ ...little.files, ...options.files })) {
      await mkdir(dirname(join(directory, path)), { recursive: true })
      await writeFile(join(directory, path), text)
    }
    return {
      id,
      program: little.program,
      directory,
      limits: { ...roomyLimits, ...options.limits },
      devices: options.devices ?? [],
      deadlineUnixMs: Date.now() + (options.deadlineMs ?? 60_000),
    }
  }

  /** Starts a task and sees to it that it is gone at the end. */
  async start(driver: Driver, task: Task): Promise<Handle> {
    const handle = await driver.start(task)
    this.#started.push({ driver, handle })
    return handle
  }

  async close(): Promise<void> {
    await Promise.all(this.#started.map(({ driver, handle }) => driver.remove(handle)))
    await rm(this.directory, { recursive: true, force: true })
  }
}

export declare namespace Bench {
  type TaskOptions = {
    limits?: Partial<Task['limits']> | undefined
    devices?: Task['devices'] | undefined
    /** Wall time the task has from now. @default 60_000 */
    deadlineMs?: number | undefined
    /** More files than the program names. */
    files?: Readonly<Record<string, string>> | undefined
  }
}
