import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { BaseError } from '@hotaru/base'

/** What `hotaru run FILE` takes, by the end of its name. */
const programEndings = ['.ts', '.js', '.mjs', '.wasm']

/**
 * Checks that a program is what its name says, before anybody pays for finding out: WebAssembly begins with its magic
 * number, TypeScript and JavaScript are text.
 *
 * @throws `Workload.NotAProgramError`
 */
export async function checkProgram(location: string): Promise<void> {
  const ending = extname(location)
  if (!programEndings.includes(ending))
    throw new NotAProgramError({
      location,
      reason: `its name ends in "${ending}"`,
      expected: programEndings.join(', '),
    })
  const head = await readHead(location)
  if (ending === '.wasm') {
    if (head.subarray(0, 4).toString('latin1') !== '\0asm')
      throw new NotAProgramError({ location, reason: 'it is not WebAssembly', expected: 'the magic number "\\0asm"' })
    return
  }
  if (head.includes(0))
    throw new NotAProgramError({ location, reason: 'it is a binary file', expected: 'a text of code' })
}

async function readHead(location: string): Promise<Buffer> {
  const file = await open(location)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

export class NotAProgramError extends BaseError {
  override readonly name = 'Workload.NotAProgramError'

  constructor({ location, reason, expected }: { location: string; reason: string; expected: string }) {
    super(`Cannot run "${location}": ${reason}, expected ${expected}`, {
      hint: 'give a program, or a directory with a workload.json that names one as its "entry"',
      exitCode: 2,
    })
  }
}
