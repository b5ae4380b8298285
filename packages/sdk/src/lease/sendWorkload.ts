import { answerSchemas } from '@hotaru/protocol'
import type { Bundle } from '../Bundle.ts'
import type { LeaseSession } from './LeaseSession.ts'

/** Files that travel at once: enough to hide the round trips of small ones. */
const parallelFiles = 4

/** What was sent: files the machine had already do not count. */
export type Sent = { files: number; bytes: number }

/** What was sent so far, of how much. */
export type Sending = Sent & { totalBytes: number }

/** Sends the manifest, then the files of it that the machine lacks. Safe to repeat: what arrived is not sent again. */
export async function sendWorkload(
  session: LeaseSession,
  bundle: Bundle,
  options: sendWorkload.Options = {},
): Promise<Sent> {
  const { signal, onSent } = options
  const answer = await session.ask({ verb: 'lease.manifest', manifest: bundle.manifest }, { signal })
  const { missing } = answerSchemas['lease.manifest'].parse(answer)
  const sizes = new Map(bundle.manifest.files.map((file) => [file.sha256, file.sizeBytes]))
  const queue = [...new Set(missing)]
  const totalBytes = queue.reduce((sum, sha256) => sum + (sizes.get(sha256) ?? 0), 0)
  const sent: Sent = { files: 0, bytes: 0 }
  const worker = async () => {
    for (let sha256 = queue.pop(); sha256 !== undefined; sha256 = queue.pop()) {
      const sizeBytes = sizes.get(sha256) ?? 0
      await sendFile(session, { sha256, sizeBytes, bytes: bundle.open(sha256) }, signal)
      sent.files++
      sent.bytes += sizeBytes
      onSent?.({ ...sent, totalBytes })
    }
  }
  await Promise.all(Array.from({ length: parallelFiles }, worker))
  return sent
}

export declare namespace sendWorkload {
  type Options = { signal?: AbortSignal | undefined; onSent?: ((sending: Sending) => void) | undefined }
}

type File = { sha256: string; sizeBytes: number; bytes: AsyncIterable<Uint8Array> }

async function sendFile(session: LeaseSession, file: File, signal: AbortSignal | undefined): Promise<void> {
  const { sha256, sizeBytes, bytes } = file
  const exchange = await session.open({ verb: 'lease.file', sha256, sizeBytes }, { signal })
  for await (const chunk of bytes) await exchange.sendData(chunk)
  await exchange.closeSend()
  await exchange.readOk()
}
