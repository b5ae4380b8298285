import type { Exit } from '@hotaru/protocol'
import { readOutput } from './followLogs.ts'
import { type LeaseSession, UnexpectedReplyError } from './LeaseSession.ts'

/** Runs one more command inside the workload's walls and gives its exit. */
export async function execInLease(
  session: LeaseSession,
  command: readonly string[],
  options: execInLease.Options = {},
): Promise<Exit> {
  const { stdin, onOutput, signal } = options
  const exchange = await session.open({ verb: 'lease.exec', command: [...command] }, { signal })
  const feed = async () => {
    if (stdin) for await (const bytes of stdin) await exchange.sendData(bytes)
    await exchange.closeSend()
  }
  // A command may end before it has read its input; its exit is what counts then.
  const fed = feed().catch(() => {})
  for (;;) {
    const reply = await exchange.readReply()
    if (reply.type === 'log')
      for await (const { stream, bytes } of readOutput(exchange, reply)) onOutput?.(stream, bytes)
    else if (reply.type === 'exit') {
      exchange.abort()
      await fed
      return reply.exit
    } else throw new UnexpectedReplyError({ verb: 'lease.exec', type: reply.type })
  }
}

export declare namespace execInLease {
  type Options = {
    stdin?: AsyncIterable<Uint8Array> | undefined
    onOutput?: ((stream: 'stdout' | 'stderr', bytes: Uint8Array) => void) | undefined
    signal?: AbortSignal | undefined
  }
}
