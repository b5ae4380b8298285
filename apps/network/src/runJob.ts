import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Shutdown } from '@hotaru/base/async'

export const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** The command line, as a program to start. */
export const commandLine = join(repository, 'apps/cli/hotaru.mjs')

/**
 * Runs `hotaru run PATH` as a renter would type it, in a process of its own whose output is the user's.
 *
 * @returns Its exit code. A shutdown reaches it as Ctrl-C does: it stops the workload, closes the lease, prints the receipt.
 */
export function runJob(path: string, options: runJob.Options): Promise<number> {
  const { output, hotaruHome, json, quiet, shutdown } = options
  const flags = ['--output', output, ...(json ? ['--json'] : []), ...(quiet ? ['--quiet'] : [])]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', commandLine, 'run', path, ...flags], {
    // Paths are printed as seen from where the user stands.
    // Attached: it ends when this process is gone, whatever killed it, and does not meet the next start's job.
    env: { ...process.env, HOTARU_ATTACHED: '1', ...(hotaruHome && { HOTARU_HOME: hotaruHome }) },
    stdio: ['pipe', 'inherit', 'inherit'],
    detached: true,
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
  // Before chain and agent end, which it needs to give the lease back.
  shutdown.add('job', () => {
    child.kill('SIGINT')
    return ended
  })
  return ended
}

export declare namespace runJob {
  type Options = {
    /** Where results go. */
    output: string
    /** `$HOTARU_HOME`, when it was given. */
    hotaruHome: string | undefined
    json: boolean
    quiet: boolean
    shutdown: Shutdown
  }
}

/**
 * Writes the bunny as a container's workload: the same files, run by the Deno of a small image, by digest.
 *
 * @returns The directory to give to `runJob`.
 */
export async function writeContainerBunny(directory: string, image: string): Promise<string> {
  await mkdir(directory, { recursive: true })
  const { limits, output } = { limits: { memoryBytes: 1024 ** 3, timeoutMs: 600_000 }, output: 'out/bunny.png' }
  const permissions = ['--no-prompt', '--no-remote', '--no-npm', '--cached-only', '--allow-read=.', '--allow-write=.']
  const workload = {
    name: 'bunny-container',
    driver: 'container',
    image,
    command: ['/usr/local/bin/deno', 'run', ...permissions, '--unstable-webgpu', 'main.ts'],
    prepare: 'prepare.ts',
    limits,
    output,
  }
  await writeFile(join(directory, 'workload.json'), JSON.stringify(workload, null, 2))
  const prepare = JSON.stringify(join(repository, 'examples/bunny/prepare.ts'))
  await writeFile(join(directory, 'prepare.ts'), `export { prepare } from ${prepare}\n`)
  return directory
}
