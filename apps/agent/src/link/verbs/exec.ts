import { NotRunningError } from '@hotaru/driver'
import type { ServedExchange } from '@hotaru/link'
import { sendOutput } from '../sendOutput.ts'
import type { LeaseVerbHandler } from '../Verb.ts'

/** Runs one command inside the workload's walls: data from the caller is its input, its output and end go back. */
export const exec: LeaseVerbHandler<'lease.exec'> = async (request, exchange, { finder, drivers }) => {
  const { leaseId, command } = request
  const { handle, step } = finder.confirmed(leaseId)
  if (!handle || step !== 'running') throw new NotRunningError({ taskId: leaseId, what: 'run a command in it' })

  const { signal } = exchange
  const { output, exit } = await drivers.of(handle.driver).exec(handle, command, { stdin: input(exchange), signal })
  const at = { stdout: 0, stderr: 0 }
  for await (const { stream, bytes } of output) {
    await sendOutput(exchange, { stream, atByte: at[stream], bytes })
    at[stream] += bytes.length
  }
  await exchange.sendReply({ type: 'exit', exit: await exit })
}

async function* input(exchange: ServedExchange): AsyncGenerator<Uint8Array> {
  for (let bytes = await exchange.readData(); bytes; bytes = await exchange.readData()) yield bytes
}
