import { type ChildProcess, spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { BaseError } from '@hotaru/base'

/**
 * One run of anvil on a loopback port that nobody else is told, and calls to it.
 *
 * It never mines by itself, dies with this process even when that is killed with -9, and lives in its own session so
 * that Ctrl-C in a terminal reaches this process first. Every call rejects with `EngineGoneError` once it is gone.
 */
export class Engine {
  readonly pid: number
  /** Resolves when anvil has ended, for whatever reason. */
  readonly gone: Promise<void>
  readonly #child: ChildProcess
  readonly #port: number
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 })
  #alive = true

  private constructor(child: ChildProcess, pid: number, port: number, gone: Promise<void>) {
    this.#child = child
    this.pid = pid
    this.#port = port
    this.gone = gone.then(() => {
      this.#alive = false
      this.#agent.destroy()
    })
  }

  /** Starts anvil and waits until it listens. */
  static async start(binary: string, args: readonly string[]): Promise<Engine> {
    const command = [binary, ...fixedArguments, ...args]
    const guarded = process.platform === 'win32' ? command : ['/bin/sh', '-c', guardScript, 'sh', ...command]
    const child = spawn(guarded[0] ?? binary, guarded.slice(1), { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
    // The pipe breaks when anvil goes first; `gone` already says so.
    child.stdin.on('error', () => {})
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk).slice(-2000)))
    const gone = new Promise<void>((resolve) => {
      child.once('error', () => resolve())
      child.once('exit', () => resolve())
    })
    const { pid, port } = await listening(child, gone, () => errors)
    const engine = new Engine(child, pid, port, gone)
    await engine.call('anvil_setLoggingEnabled', [false])
    return engine
  }

  /** One JSON-RPC call. @throws EngineRefusalError with anvil's own error, or EngineGoneError. */
  async call<T = unknown>(method: string, params: readonly unknown[] = []): Promise<T> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const answer: Answer = JSON.parse((await this.forward(Buffer.from(body))).toString())
    if (answer.error) throw new EngineRefusalError({ method, error: answer.error })
    return answer.result as T
  }

  /** The same method once for each of `params`, carried out in that order; refusals are values here. */
  async callEach<T>(method: string, params: readonly (readonly unknown[])[]): Promise<(T | EngineRefusalError)[]> {
    if (params.length === 0) return []
    const calls = params.map((each, id) => ({ jsonrpc: '2.0', id, method, params: each }))
    const answers: Answer[] = JSON.parse((await this.forward(Buffer.from(JSON.stringify(calls)))).toString())
    const byId = new Map(answers.map((answer) => [answer.id, answer]))
    return calls.map(({ id }) => {
      const answer = byId.get(id)
      return answer && !answer.error
        ? (answer.result as T)
        : new EngineRefusalError({ method, error: answer?.error ?? { code: -32603, message: 'no answer' } })
    })
  }

  /** Sends a whole JSON-RPC body as it is and returns the answer's bytes. */
  forward(body: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const fail = (cause: unknown) => reject(new EngineGoneError(cause))
      if (!this.#alive) return fail(undefined)
      const headers = { 'content-type': 'application/json', 'content-length': body.length }
      const call = request({ host: '127.0.0.1', port: this.#port, method: 'POST', agent: this.#agent, headers })
      call.once('error', fail)
      call.once('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('error', fail)
        response.once('aborted', fail)
        response.once('end', () => resolve(Buffer.concat(chunks)))
      })
      call.end(body)
    })
  }

  /** Ends anvil at once; it keeps nothing that is not in the journal. */
  async kill(): Promise<void> {
    if (this.#alive) {
      // Closing the pipe makes the guard kill anvil; without a guard the child is anvil itself.
      this.#child.stdin?.end()
      if (process.platform === 'win32') this.#child.kill('SIGKILL')
    }
    await this.gone
  }
}

type Answer = { id: unknown; result?: unknown; error?: RpcError }

/** The error object of JSON-RPC 2.0. */
export type RpcError = { code: number; message: string; data?: unknown }

/**
 * cancun: the forks after it hash all state anew in every block once the history contract of EIP-2935 fills.
 * prune-history: otherwise each block keeps a copy of the state. fifo: the order in a block is the order of sending, so
 * that a replay makes the same blocks. 60,000,000 gas is the block limit of Ethereum's main network.
 */
const fixedArguments = [
  ...['--host', '127.0.0.1', '--port', '0', '--no-mining', '--order', 'fifo', '--hardfork', 'cancun'],
  ...['--prune-history', '--gas-limit', '60000000', '--accounts', '0', '--color', 'never'],
]

/**
 * Runs anvil, prints its pid, and kills it when the other end of our standard input closes, which the kernel does when
 * the supervisor dies in any way.
 */
const guardScript = [
  'exec 3<&0',
  '"$@" </dev/null 3<&- & engine=$!',
  'echo "Engine pid $engine"',
  '{ read -r _ <&3; kill -9 $engine; } >/dev/null 2>&1 & guard=$!',
  'wait $engine; code=$?',
  'kill -9 $guard 2>/dev/null',
  'exit $code',
].join('\n')

function listening(
  child: ChildProcess,
  gone: Promise<void>,
  errors: () => string,
): Promise<{ pid: number; port: number }> {
  return new Promise((resolve, reject) => {
    let pid = child.pid ?? 0
    void gone.then(() => reject(new EngineStartError({ errors: errors() })))
    if (!child.stdout) return
    // The reader stays on after the port is known, so that anvil never blocks on a full pipe.
    createInterface(child.stdout).on('line', (line) => {
      const [, engine] = /^Engine pid (\d+)$/.exec(line) ?? []
      if (engine !== undefined) pid = Number(engine)
      const [, port] = /^Listening on 127\.0\.0\.1:(\d+)$/.exec(line) ?? []
      if (port !== undefined) resolve({ pid, port: Number(port) })
    })
  })
}

export class EngineGoneError extends BaseError {
  override readonly name = 'Devchain.EngineGoneError'

  constructor(cause: unknown) {
    super('Cannot ask the chain: anvil has ended, expected it to run', { retry: 'later', cause })
  }
}

export class EngineRefusalError extends BaseError {
  override readonly name = 'Devchain.EngineRefusalError'
  readonly error: RpcError

  constructor({ method, error }: { method: string; error: RpcError }) {
    super(`Cannot carry out "${method}": anvil says "${error.message}", expected it to agree`, {
      facts: { method, code: error.code },
    })
    this.error = error
  }
}

export class EngineStartError extends BaseError {
  override readonly name = 'Devchain.EngineStartError'

  constructor({ errors }: { errors: string }) {
    super('Cannot start the embedded chain: anvil ended at once, expected it to listen', {
      facts: { anvilSays: errors.trim().split('\n').slice(-3).join(' | ') || undefined },
      hint: 'anvil needs glibc 2.35 or newer on Linux; `ldd --version` prints yours',
    })
  }
}
