import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { BaseError } from '@hotaru/base'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** A whole local network for one benchmark, in a home of its own. */
export type LocalNetwork = { home: string; stop(): Promise<void> }

/** Brings up a local network without its first job and resolves when a lease could be opened. */
export async function startLocalNetwork(): Promise<LocalNetwork> {
  const home = await mkdtemp(join(tmpdir(), 'hotaru-bench-'))
  const child = spawn(process.execPath, ['apps/network/src/main.ts', '--no-job', '--no-container'], {
    cwd: root,
    env: { ...process.env, HOTARU_HOME: home, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await untilReady(child)
  return {
    home,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGINT')
      await ended
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Resolves when a line says that the network is ready. */
function untilReady(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface(stream).on('line', (line) => {
        said = `${said}\n${line}`.slice(-2000)
        if (line.includes('the network is up')) resolve()
      })
    }
    child.once('exit', () => reject(new NetworkEndedError({ said })))
  })
}

class NetworkEndedError extends BaseError {
  override readonly name = 'Bench.NetworkEndedError'

  constructor({ said }: { said: string }) {
    super('Cannot measure: the local network ended before it was ready, expected it to come up', { facts: { said } })
  }
}
