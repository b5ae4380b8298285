import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { BaseError, type Logger } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'
import { repository } from './runJob.ts'

/**
 * One process of the local network that is kept running: started again when it dies, until `stop`.
 *
 * The process says on its standard output, as one line of JSON with `"ready": true`, that it is up. It lives in a
 * process group of its own, so that Ctrl-C reaches only us and we end the parts in order; it ends by itself when its
 * standard input closes, so nothing is left when we are killed with -9.
 */
export class Part {
  readonly #options: Part.Options
  #child: ChildProcess | undefined
  #stopping = false
  #ended: Promise<void> = Promise.resolve()

  constructor(options: Part.Options) {
    this.#options = options
  }

  /** Starts the process and resolves with what it said when it was ready. */
  start(): Promise<Record<string, unknown>> {
    return this.#run()
  }

  /** Asks the process to end, and ends it after `graceMs`; one that was not ready yet too. */
  async stop(graceMs = 8_000): Promise<void> {
    this.#stopping = true
    const child = this.#child
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      child.stdin?.end()
      const waited = new AbortController()
      const late = sleep(graceMs, { signal: waited.signal }).then(
        () => child.kill('SIGKILL'),
        () => {},
      )
      await this.#ended
      waited.abort()
      await late
    }
  }

  #run(): Promise<Record<string, unknown>> {
    const { name, file, args, logFile, log, niceness = 0 } = this.#options
    const child = spawn(process.execPath, [...nodeFlags, file, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      // Modules that were compiled once are not parsed again: half of a start, and 18 MB less for each process.
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    })
    this.#child = child
    if (niceness !== 0 && child.pid !== undefined) setPriority(child.pid, niceness)
    child.stdin.on('error', () => {})
    const sink = createWriteStream(logFile, { flags: 'a', mode: 0o600 })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk).slice(-4000)
      sink.write(chunk)
    })
    this.#ended = new Promise((resolve) => child.once('close', () => sink.end(() => resolve())))
    return new Promise((resolve, reject) => {
      let ready = false
      createInterface(child.stdout).on('line', (line) => {
        sink.write(`${line}\n`)
        const said = readReady(line)
        if (!said || ready) return
        ready = true
        resolve(said)
      })
      child.once('error', (cause) => reject(new PartFailedError({ name, logFile, said: '', cause })))
      child.once('exit', (code, signal) => {
        if (this.#stopping) return
        if (!ready) return reject(new PartFailedError({ name, logFile, said: errors }))
        log.warn('part died, starting it again', { name, code, signal })
        void this.#revive()
      })
    })
  }

  async #revive(): Promise<void> {
    for (let delayMs = 100; !this.#stopping; delayMs = Math.min(5_000, delayMs * 2)) {
      await sleep(delayMs)
      if (this.#stopping) return
      try {
        await this.#run()
        return
      } catch (error) {
        this.#options.log.warn('part failed to start', { name: this.#options.name, error })
      }
    }
  }
}

export declare namespace Part {
  type Options = {
    name: string
    /** Absolute path of the program's main file. */
    file: string
    args: readonly string[]
    /** Everything it prints is appended here. */
    logFile: string
    log: Logger
    /** How far it steps back for others, 0 to 19. @default 0 */
    niceness?: number | undefined
  }
}

/** Compiled modules, shared by all programs of the repository; set-up fills it first. */
const compileCache = join(repository, 'node_modules/.cache/hotaru/compiled')

/** A small young generation: a process that mostly waits holds 20 MB less and collects a little more often. */
const nodeFlags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=2']

function readReady(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const said = JSON.parse(line)
    return said.ready === true ? said : undefined
  } catch {
    return undefined
  }
}

export class PartFailedError extends BaseError {
  override readonly name = 'Network.PartFailedError'

  constructor({ name, logFile, said, cause }: { name: string; logFile: string; said: string; cause?: unknown }) {
    const last = said
      .trim()
      .split('\n')
      .findLast((line) => line.trim() !== '')
    super(`Cannot start the ${name}: it ended before it was ready, expected it to stay up`, {
      facts: { said: last, log: logFile },
      hint: `read ${logFile}`,
      cause,
    })
  }
}
