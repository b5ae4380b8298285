import { createServer } from 'node:net'
import { sleep } from '@hotaru/base/async'

/**
 * Runs `work` while no other process on this machine runs work of the same name; waits for its turn.
 *
 * The lock is a name in Linux' abstract socket space: the kernel gives it back when its holder dies.
 */
export async function whileAlone<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const release = await take(`\0hotaru-${name}`, signal)
  try {
    return await work()
  } finally {
    release()
  }
}

async function take(path: string, signal: AbortSignal | undefined): Promise<() => void> {
  for (;;) {
    const server = createServer((socket) => socket.destroy())
    const isTaken = await new Promise<boolean>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(true) : reject(error),
      )
      server.listen(path, () => resolve(false))
    })
    if (!isTaken) return () => server.close()
    await sleep(100, { signal })
  }
}
