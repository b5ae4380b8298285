import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The longest path a unix socket may have on Linux, with its closing zero. */
const longestSocketBytes = 107

/** Where the warden of a directory listens: in it, or, when its path is too long for a socket, in the temporary folder. */
export function wardenSocket(directory: string): string {
  const inside = join(directory, 'warden.sock')
  if (Buffer.byteLength(inside) < longestSocketBytes) return inside
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 16)
  return join(tmpdir(), `hotaru-warden-${hash}.sock`)
}
