import type { ServedExchange } from '@hotaru/link'

/** A piece of a program's output and where it lies in its stream. */
export type Output = { stream: 'stdout' | 'stderr'; atByte: number; bytes: Uint8Array }

/** Sends output as the wire has it: each data frame behind the reply that says what it is. */
export async function sendOutput(exchange: ServedExchange, { stream, atByte, bytes }: Output): Promise<void> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes)
    await exchange.sendReply({ type: 'log', stream, atByte: atByte + at, sizeBytes: piece.length })
    await exchange.sendData(piece)
  }
}

/** Small enough to travel as one data frame. */
const pieceBytes = 64 * 2 ** 10
