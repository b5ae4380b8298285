import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BaseError } from '@hotaru/base'
import { retry } from '@hotaru/base/async'
import type { Engine } from '../engine/Engine.ts'
import { whileAlone } from '../whileAlone.ts'
import { wardenSocket } from './wardenSocket.ts'

/**
 * Has the task of that record watched by the warden of the directory, which is started when none is there.
 *
 * Resolves when the warden has said so; `onLost` is called once if the warden ends after that.
 */
export async function callWarden(
  engine: Engine,
  directory: string,
  { taskId, onLost }: { taskId: string; onLost: () => void },
): Promise<void> {
  const order = () => orderWatch(wardenSocket(directory), taskId, onLost)
  const start = async () => {
    // Somebody may have started it while this one waited for its turn.
    if (
      await order().then(
        () => true,
        () => false,
      )
    )
      return
    startWarden(engine, directory)
    await retry(order, { attempts: 200, firstDelayMs: 50, longestDelayMs: 100 })
  }
  try {
    await order()
  } catch {
    try {
      await whileAlone(`warden-${createHash('sha256').update(directory).digest('hex').slice(0, 16)}`, start)
    } catch (cause) {
      throw new WardenError({ directory, cause })
    }
  }
}

async function orderWatch(path: string, taskId: string, onLost: () => void): Promise<void> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    socket.write(`watch ${taskId}\n`)
    const [answer]: Buffer[] = await once(socket, 'data', { signal: AbortSignal.timeout(10_000) })
    if (answer?.toString('utf8') !== 'ok\n') throw new WardenError({ directory: path, cause: undefined })
  } catch (error) {
    socket.destroy()
    throw error
  }
  socket.on('error', () => {}).on('close', onLost)
  // The agent may end while the warden goes on.
  socket.unref()
}

function startWarden({ socketPath, apiVersion }: Engine, directory: string): void {
  const main = fileURLToPath(new URL(`./main${extname(import.meta.url)}`, import.meta.url))
  const child = spawn(process.execPath, [main, socketPath, apiVersion, directory], {
    detached: true,
    stdio: 'ignore',
    cwd: '/',
    // Nothing of the agent's environment: it may hold keys.
    env: { PATH: '/usr/bin:/bin' },
  })
  // Told by the order that finds nobody.
  child.on('error', () => {})
  child.unref()
}

/** Nobody would end the workload in time. */
export class WardenError extends BaseError {
  override readonly name = 'Container.WardenError'

  constructor({ directory, cause }: { directory: string; cause: unknown }) {
    super('Cannot watch the workload: the warden does not answer, expected it to hold deadlines and quotas', {
      facts: { directory },
      retry: 'later',
      cause,
    })
  }
}
