/** One file of an archive: its bytes at once, or as they come with their number told beforehand. */
export type TarEntry =
  | { path: string; bytes: Uint8Array }
  | { path: string; sizeBytes: number; stream: AsyncIterable<Uint8Array> }

const blockBytes = 512

/** The largest size that eleven octal digits hold; larger ones are written in base 256 (GNU tar, "star" extension). */
const largestOctalBytes = 8 ** 11 - 1

/** Writes files as a POSIX ustar archive, piece by piece, so that layers of many gigabytes never sit in memory. */
export async function* writeTar(entries: AsyncIterable<TarEntry> | Iterable<TarEntry>): AsyncGenerator<Uint8Array> {
  for await (const entry of entries) {
    const sizeBytes = 'bytes' in entry ? entry.bytes.length : entry.sizeBytes
    yield headerOf(entry.path, sizeBytes)
    if ('bytes' in entry) yield entry.bytes
    else yield* entry.stream
    const over = sizeBytes % blockBytes
    if (over > 0) yield new Uint8Array(blockBytes - over)
  }
  yield new Uint8Array(2 * blockBytes)
}

function headerOf(path: string, sizeBytes: number): Buffer {
  const header = Buffer.alloc(blockBytes)
  header.write(path, 0, 100, 'utf8')
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  writeSize(header, sizeBytes)
  header.write('00000000000\0', 136)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  // The checksum counts itself as eight spaces.
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

function writeSize(header: Buffer, sizeBytes: number): void {
  if (sizeBytes <= largestOctalBytes) {
    header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124)
    return
  }
  header[124] = 0x80
  header.writeBigUInt64BE(BigInt(sizeBytes), 128)
}
