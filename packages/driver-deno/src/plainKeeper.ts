// Keeps one workload where there is no box: on macOS and Windows, and on Linux without bubblewrap. It does what
// keeper.sh does, with Node alone, and answers on a loopback port to whoever knows the token in its file.
import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, lstatSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** What a plain keeper is told, as JSON. */
export type PlainOrder = {
  state: string
  directory: string
  command: readonly string[]
  environment: Readonly<Record<string, string>>
  /** The workload's own user, where the agent is the administrator. */
  user: number | null
  deadlineUnixMs: number | null
  diskBytes: number | null
  memoryBytes: number | null
  logBytes: number
}

/** Looks at disk and memory this often. */
const lookMs = 1_000
/** Node's timers fire at once when asked to wait longer. */
const longestTimerMs = 2 ** 31 - 1

/** Starts the program of an order, and resolves when it has ended and its exit is on disk. */
function keep(order: PlainOrder): void {
  const at = (name: string) => join(order.state, name)
  const [program = '', ...words] = order.command
  let reason: string | undefined
  const child = spawn(program, words, {
    cwd: order.directory,
    env: order.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    ...(order.user === null ? {} : { uid: order.user, gid: order.user }),
  })
  const end = (why?: string) => {
    reason ??= why
    child.kill('SIGKILL')
  }
  const token = randomBytes(16).toString('hex')
  const server = createServer((socket) => {
    socket.setEncoding('utf8').on('error', () => {})
    socket.once('data', (line: string) => {
      const [given, word] = line.trim().split(' ')
      if (given === token && word === 'end') end()
      if (given === token && word === 'ask') child.kill('SIGTERM')
      socket.end(given === token ? 'yes\n' : 'no\n')
    })
  })
  const deadlineMs = order.deadlineUnixMs ?? Number.POSITIVE_INFINITY
  const timer = setTimeout(() => end('deadline'), Math.min(longestTimerMs, deadlineMs - Date.now()))
  const looking = setInterval(() => {
    if (Date.now() >= deadlineMs) end('deadline')
    if (order.diskBytes !== null && sizeOf(order.directory) > order.diskBytes) end('disk')
    if (order.memoryBytes !== null)
      measureMemory(child.pid, (bytes) => bytes > (order.memoryBytes ?? 0) && end('memory'))
  }, lookMs)
  pump(child.stdout, at('stdout'), order.logBytes)
  pump(child.stderr, at('stderr'), order.logBytes)
  const finish = (code: number | null) => {
    clearTimeout(timer)
    clearInterval(looking)
    if (order.diskBytes !== null && sizeOf(order.directory) > order.diskBytes) reason ??= 'disk'
    reason ??= existsSync(at('stopping')) ? 'stopped' : 'exited'
    writeFileSync(at('exit.new'), JSON.stringify({ code, reason }), { flush: true })
    renameSync(at('exit.new'), at('exit.json'))
    // Answering to the last: who finds nobody here and no exit takes the workload for lost.
    process.exit()
  }
  child.once('spawn', () => writeFileSync(at('box'), `${child.pid}\n`))
  child.once('error', (error) => appendFileSync(at('stderr'), `${error.message}\n`))
  child.once('close', (code) => finish(code))
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    writeFileSync(at('keeper'), `${process.pid} ${port}:${token} plain\n`, { mode: 0o600 })
  })
}

function pump(from: Readable, path: string, limitBytes: number): void {
  let left = limitBytes
  from.on('data', (bytes: Buffer) => {
    if (left < 0) return
    appendFileSync(path, bytes.subarray(0, left))
    left -= bytes.length
    if (left < 0) appendFileSync(path, `\n[hotaru: output was cut here, after ${limitBytes} bytes]\n`)
  })
}

function sizeOf(path: string): number {
  try {
    const { size, blocks } = lstatSync(path)
    const own = blocks === undefined ? size : blocks * 512
    if (!lstatSync(path).isDirectory()) return own
    return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), own)
  } catch {
    // Removed while we looked.
    return 0
  }
}

/** Windows has no `ps`: there the program's heap limit is all that holds. */
function measureMemory(pid: number | undefined, tell: (bytes: number) => void): void {
  if (process.platform === 'win32' || pid === undefined) return
  execFile('/bin/ps', ['-o', 'rss=', '-p', `${pid}`], { env: {} }, (error, stdout) => {
    if (!error) tell(Number(stdout) * 1024)
  })
}

keep(JSON.parse(process.argv[2] ?? ''))
