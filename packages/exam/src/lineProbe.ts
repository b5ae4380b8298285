import { randomBytes } from 'node:crypto'
import { BaseError } from '@hotaru/base'
import type { ServedExchange } from '@hotaru/link'

/** Sends so many bytes that no line can make smaller. */
export async function sendNoise(exchange: ServedExchange, sizeBytes: number): Promise<void> {
  const noise = randomBytes(Math.min(sizeBytes, pieceBytes))
  for (let left = sizeBytes; left > 0; left -= noise.length) await exchange.sendData(noise.subarray(0, left))
}

/** Reads so many bytes and throws them away. @throws `Agent.ProbeError` when there are fewer or more. */
export async function takeBytes(exchange: ServedExchange, sizeBytes: number): Promise<void> {
  let taken = 0
  for (let data = await exchange.readData(); data; data = await exchange.readData()) {
    taken += data.length
    if (taken > sizeBytes) break
  }
  if (taken !== sizeBytes) throw new ProbeError({ reason: `${taken} bytes came`, expected: `${sizeBytes}` })
}

/** Longer than any window that a compressor looks back over. */
const pieceBytes = 2 ** 20

export class ProbeError extends BaseError {
  override readonly name = 'Agent.ProbeError'

  constructor({ reason, expected, cause }: { reason: string; expected: string; cause?: unknown }) {
    super(`Cannot be probed: ${reason}, expected ${expected}`, { cause })
  }
}
