import { readFile } from 'node:fs/promises'
import { BaseError, exitCodes } from '@hotaru/base'
import { writeFileAtomic } from '@hotaru/journal'
import { type Hex, isHex } from 'viem'
import { generatePrivateKey } from 'viem/accounts'

/** Reads the machine key, or makes one at the first start. Only the agent's own user may read the file. */
export async function loadMachineKey(path: string): Promise<Hex> {
  const key = await readKeyFile(path).catch((error) => {
    if (error instanceof BadKeyFileError && error.isMissing) return undefined
    throw error
  })
  if (key) return key
  const made = generatePrivateKey()
  await writeFileAtomic(path, `${made}\n`, { mode: 0o600 })
  return made
}

/** Reads a private key from a file that holds it as hex, or a wallet file of JSON. @throws `Agent.BadKeyFileError` */
export async function readKeyFile(path: string): Promise<Hex> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new BadKeyFileError({ path, reason: 'it cannot be read', isMissing: cause?.code === 'ENOENT', cause })
  })
  const key = text.trim().startsWith('{') ? keyOfWallet(text, path) : text.trim()
  if (!isHex(key) || key.length !== 66) throw new BadKeyFileError({ path, reason: 'its content is no private key' })
  return key
}

function keyOfWallet(text: string, path: string): string {
  try {
    return String(JSON.parse(text).privateKey)
  } catch {
    // Without the parser's message: it quotes the file.
    throw new BadKeyFileError({ path, reason: 'it is not valid JSON' })
  }
}

export class BadKeyFileError extends BaseError {
  override readonly name = 'Agent.BadKeyFileError'
  readonly isMissing: boolean

  constructor({ path, reason, isMissing = false, cause }: BadKeyFileError.Values) {
    super(`Cannot use the key file "${path}": ${reason}, expected a private key as 0x and 64 hex digits`, {
      hint: 'restore the file from its backup; a machine is its key',
      exitCode: exitCodes.usage,
      cause,
    })
    this.isMissing = isMissing
  }
}

export declare namespace BadKeyFileError {
  type Values = { path: string; reason: string; isMissing?: boolean; cause?: unknown }
}
