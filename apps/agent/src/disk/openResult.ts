import { constants } from 'node:fs'
import { type FileHandle, open, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'

/**
 * Opens a file under `out/` of a workload's directory for reading.
 *
 * The workload owns that directory and may still be running: a link out of it, even one swapped in between a check and
 * the opening, must not make the agent read a file of the host. So it is opened first, and then asked where it lies.
 *
 * @throws `Agent.NoResultError`
 */
export async function openResult(directory: string, path: string): Promise<{ file: FileHandle; sizeBytes: number }> {
  const parts = path.split('/')
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..') && !path.includes('\0')
  if (!isPlain || parts[0] !== 'out') throw new NoResultError({ path })
  const wrap = (cause: unknown) => {
    throw new NoResultError({ path, cause })
  }
  const expected = join(await realpath(directory).catch(wrap), ...parts)
  const file = await open(expected, openFlags).catch(wrap)
  try {
    const found = await file.stat()
    const isInside = (await placeOf(file.fd, expected)) === expected
    if (!found.isFile() || !isInside) throw new NoResultError({ path })
    return { file, sizeBytes: found.size }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** A link is not followed, and a pipe is not waited for. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Where an open file really lies; elsewhere than on Linux the path as it resolves now is all there is to ask. */
async function placeOf(fd: number, path: string): Promise<string> {
  return process.platform === 'linux' ? readlink(`/proc/self/fd/${fd}`) : realpath(path)
}

export class NoResultError extends BaseError {
  override readonly name = 'Agent.NoResultError'

  constructor({ path, cause }: { path: string; cause?: unknown }) {
    super(`Cannot fetch the result "${path}": it is not a file there, expected one under "out/"`, {
      facts: { path },
      hint: 'list the results of the lease to see what the workload wrote',
      cause,
    })
  }
}
