import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repository } from '../runJob.ts'

/** A whole local network in a home of its own, as processes, and the command line on it. */
export type TestNetwork = {
  home: string
  /** Resolves with the exit code. */
  ended: Promise<number | null>
  /** The process of the network itself. */
  process: ChildProcess
  hotaru(args: readonly string[], options?: { onLine?: (line: string) => void }): RunningCommand
  readJson(path: string): Promise<Record<string, unknown>>
  stop(): Promise<void>
}

export type RunningCommand = {
  process: ChildProcess
  /** What it printed and how it ended. */
  done: Promise<{ code: number | null; stdout: string[]; stderr: string }>
}

/** Brings up a network without its job and resolves when a lease could be opened. */
export async function startNetwork(options: { home?: string } = {}): Promise<TestNetwork> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'hotaru-e2e-')))
  const env = { ...process.env, HOTARU_HOME: home, NO_COLOR: '1' }
  const child = spawn(process.execPath, ['apps/network/src/main.ts', '--no-job', '--no-container'], {
    cwd: repository,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let said = ''
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      said += `${line}\n`
      if (line.includes('the network is up')) resolve()
    })
    void ended.then((code) => reject(new Error(`the network ended with ${code}:\n${said}`)))
  })
  return {
    home,
    ended,
    process: child,
    hotaru: (args, more = {}) => runCommand(args, env, more.onLine),
    readJson: async (path) => JSON.parse(await readFile(join(home, 'local', path), 'utf8')),
    async stop() {
      child.kill('SIGINT')
      await ended
      await rm(home, { recursive: true, force: true })
    },
  }
}

function runCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void = () => {},
): RunningCommand {
  const child = spawn(process.execPath, [join(repository, 'apps/cli/hotaru.mjs'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout: string[] = []
  let stderr = ''
  createInterface(child.stdout).on('line', (line) => {
    stdout.push(line)
    onLine(line)
  })
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk))
  const done = new Promise<{ code: number | null; stdout: string[]; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  )
  return { process: child, done }
}
