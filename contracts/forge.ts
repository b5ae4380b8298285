import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:process'
import { fileURLToPath } from 'node:url'

/** Where forge runs (this folder when left out), what it finds in its environment, and how long it may take. */
export type ForgeOptions = { cwd?: string; env?: Record<string, string>; timeoutMs?: number }

/** How a run ended: `status` as from a shell (124 past its time), and what it wrote, apart. */
export type ForgeRun = { status: number; stdout: string; stderr: string }

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * Runs forge in this folder and says how it ended: 0 for success, as from a shell.
 *
 * It calls the binary itself. The `forge` that npm puts on the PATH (`@foundry-rs/forge` 1.7.1) starts the binary and
 * forgets its exit status: under it a failing `forge test` succeeds. So nothing of ours may use that one as a gate.
 */
export function runForge(args: readonly string[]): number {
  const { status, error } = spawnSync(findForge(), args, { cwd: here, stdio: 'inherit' })
  if (error) process.stderr.write(`Cannot run forge: ${error.message}, expected the binary of "@foundry-rs/forge"\n`)
  return status ?? 1
}

/** Runs forge and keeps what it writes, for programs that read it. */
export function captureForge(args: readonly string[], options: ForgeOptions = {}): Promise<ForgeRun> {
  const { cwd = here, env = {}, timeoutMs = 0 } = options
  const child = spawn(findForge(), args, {
    cwd,
    env: { ...process.env, FOUNDRY_DISABLE_NIGHTLY_WARNING: '1', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  })
  const written = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  child.stdout.on('data', (chunk: Buffer) => written.stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => written.stderr.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const status = code ?? (signal === 'SIGKILL' && timeoutMs > 0 ? 124 : 1)
      const [stdout, stderr] = [written.stdout, written.stderr].map((chunks) => Buffer.concat(chunks).toString())
      resolve({ status, stdout: stdout ?? '', stderr: stderr ?? '' })
    })
  })
}

function findForge(): string {
  const wrapper = createRequire(import.meta.url).resolve('@foundry-rs/forge/package.json')
  const binary = platform === 'win32' ? 'forge.exe' : 'forge'
  return createRequire(wrapper).resolve(
    `@foundry-rs/forge-${platform}-${arch === 'x64' ? 'amd64' : arch}/bin/${binary}`,
  )
}

if (import.meta.main) process.exitCode = runForge(process.argv.slice(2))
