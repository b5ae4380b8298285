import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Clock } from '@hotaru/base'
import type { EngineAddress } from '../engine/Engine.ts'
import { taskRecords } from './TaskRecord.ts'
import { wardenSocket } from './wardenSocket.ts'
import { watchTask } from './watchTask.ts'

/** How long a warden with nothing to watch stays, so that short workloads in a row share one. */
const lingerMs = 3_000

/**
 * Watches every recorded task of a directory until none runs, then resolves.
 *
 * A process of its own, so that deadlines and quotas hold when the agent is killed. It takes one order, `watch TASK`,
 * over a unix socket that only this user can open, and answers when the task is watched.
 */
export async function runWarden(
  engine: EngineAddress,
  directory: string,
  options: runWarden.Options = {},
): Promise<void> {
  const { clock } = options
  const watched = new Map<string, Promise<void>>()
  const over = Promise.withResolvers<void>()
  let leave: NodeJS.Timeout | undefined
  const rest = () => {
    clearTimeout(leave)
    if (watched.size === 0) leave = setTimeout(over.resolve, lingerMs)
  }
  const watch = async (taskId: string) => {
    const record = await taskRecords.read(directory, taskId)
    if (record === undefined || watched.has(record.containerId)) return
    const watching = watchTask(engine, directory, record, { clock }).catch(() => {})
    watched.set(record.containerId, watching)
    clearTimeout(leave)
    const done = () => {
      watched.delete(record.containerId)
      rest()
    }
    watching.then(done, done)
  }
  const server = createServer((socket) => obey(socket, watch))
  const path = wardenSocket(directory)
  // Only called when nobody answers on it.
  await rm(path, { force: true })
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(path, resolve))
  for (const { taskId } of await taskRecords.list(directory)) await watch(taskId)
  rest()
  await over.promise
  server.close()
  await rm(path, { force: true })
}

export declare namespace runWarden {
  type Options = { clock?: Clock | undefined }
}

function obey(socket: Socket, watch: (taskId: string) => Promise<void>): void {
  socket.on('error', () => socket.destroy())
  createInterface({ input: socket }).on('line', (line) => {
    const taskId = /^watch ([a-z0-9-]{1,63})$/.exec(line)?.[1]
    if (taskId === undefined) return void socket.end('unknown order\n')
    watch(taskId).then(
      () => socket.write('ok\n'),
      () => socket.end('failed\n'),
    )
  })
}
