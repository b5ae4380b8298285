import { open } from 'node:fs/promises'
import { BaseError } from '@hotaru/base'

/** Where data goes: either end's exchange. */
export type DataSink = { sendData(bytes: Uint8Array): Promise<void> }

/** One read of the file at a time is in memory. */
const chunkBytes = 256 * 2 ** 10

/**
 * Sends a file as data, from `fromByte` to exactly `sizeBytes`, as fast as the other end takes it.
 *
 * @throws `Link.FileChangedError` when the file has become shorter, or what the exchange throws.
 */
export async function sendFile(sink: DataSink, path: string, options: sendFile.Options): Promise<void> {
  const { sizeBytes, fromByte = 0, onBytes } = options
  const file = await open(path, 'r')
  try {
    const buffer = new Uint8Array(Math.min(chunkBytes, Math.max(1, sizeBytes - fromByte)))
    for (let at = fromByte; at < sizeBytes; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.byteLength, sizeBytes - at), at)
      if (bytesRead === 0) throw new FileChangedError({ path, sizeBytes, foundBytes: at })
      await sink.sendData(buffer.subarray(0, bytesRead))
      at += bytesRead
      onBytes?.(at)
    }
  } finally {
    await file.close()
  }
}

export declare namespace sendFile {
  type Options = {
    /** The size that was promised. */
    sizeBytes: number
    /** Where to begin, when the other end has the start already. @default 0 */
    fromByte?: number | undefined
    /** Told how many bytes of the file were sent. */
    onBytes?: ((sentBytes: number) => void) | undefined
  }
}

export class FileChangedError extends BaseError {
  override readonly name = 'Link.FileChangedError'

  constructor({ path, sizeBytes, foundBytes }: { path: string; sizeBytes: number; foundBytes: number }) {
    super(`Cannot send the file: "${foundBytes}" bytes are left of it, expected "${sizeBytes}"`, {
      facts: { path, sizeBytes, foundBytes },
      hint: 'let nothing write to the file while it is sent, then try again',
    })
  }
}
