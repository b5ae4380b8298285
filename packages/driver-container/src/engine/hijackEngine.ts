import { request } from 'node:http'
import type { Duplex } from 'node:stream'
import type { EngineAddress } from './Engine.ts'
import { EngineError, type EngineRequest, EngineUnreachableError, pathOf, readText } from './streamEngine.ts'

/**
 * Makes a call that turns its connection into a two-way stream (attach, exec).
 *
 * What is written goes to the workload's standard input, what is read is its output in frames (see `demultiplex`),
 * or raw with a terminal. Attach must be called without a body: Podman feeds the body to the workload.
 */
export function hijackEngine(engine: EngineAddress, call: EngineRequest): Promise<Duplex> {
  const json = call.body === undefined ? undefined : JSON.stringify(call.body)
  return new Promise((resolve, reject) => {
    const sent = request({
      socketPath: engine.socketPath,
      method: call.method,
      path: pathOf(engine, call),
      headers: {
        host: 'engine',
        connection: 'Upgrade',
        upgrade: 'tcp',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        'content-length': json === undefined ? 0 : Buffer.byteLength(json),
      },
      signal: call.signal,
    })
    sent.on('upgrade', (_answer, socket, head) => {
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    sent.on('response', (answer) => {
      readText(answer).then(
        (text) => reject(new EngineError({ call, status: answer.statusCode ?? 0, answer: text.trim() })),
        reject,
      )
    })
    sent.on('error', (cause) => {
      reject(call.signal?.aborted ? call.signal.reason : new EngineUnreachableError({ ...engine, cause }))
    })
    sent.end(json)
  })
}
