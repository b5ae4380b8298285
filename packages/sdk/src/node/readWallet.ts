import { readFile, stat } from 'node:fs/promises'
import { BaseError } from '@hotaru/base'
import { type Address, type Hex, isAddress, isAddressEqual, isHex } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { z } from 'zod'

const walletSchema = z.object({
  address: z.custom<Address>((value) => typeof value === 'string' && isAddress(value, { strict: false })),
  privateKey: z.custom<Hex>((value) => isHex(value) && value.length === 66),
})

/**
 * Reads a wallet file, `{ "address": "0x…", "privateKey": "0x…" }`, that nobody but its user may read.
 *
 * @throws `Wallet.MissingError`, `Wallet.OpenToOthersError`, `Wallet.InvalidError`; none of them shows the key.
 */
export async function readWallet(path: string): Promise<PrivateKeyAccount> {
  const facts = await stat(path).catch((cause) => {
    throw new MissingWalletError({ path, cause })
  })
  // Windows has no such bits and says 0o666 of everything.
  if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) throw new OpenWalletError({ path, mode: facts.mode })
  const wallet = walletSchema.safeParse(parseJson(await readFile(path, 'utf8'))).data
  if (!wallet) throw new InvalidWalletError({ path, reason: 'it is not {"address","privateKey"}' })
  const account = privateKeyToAccount(wallet.privateKey)
  if (!isAddressEqual(account.address, wallet.address))
    throw new InvalidWalletError({ path, reason: 'its address is not that of its key' })
  return account
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export class MissingWalletError extends BaseError {
  override readonly name = 'Wallet.MissingError'

  constructor({ path, cause }: { path: string; cause: unknown }) {
    super(`Cannot read the wallet: there is no file "${path}", expected one`, {
      hint: 'give a wallet file with --key-file; `npm start` makes one for the local network',
      exitCode: 4,
      cause,
    })
  }
}

export class OpenWalletError extends BaseError {
  override readonly name = 'Wallet.OpenToOthersError'

  constructor({ path, mode }: { path: string; mode: number }) {
    const octal = (mode & 0o777).toString(8)
    super(`Cannot use the wallet: others may read "${path}" (mode "${octal}"), expected mode "600"`, {
      hint: `chmod 600 ${path}`,
      exitCode: 4,
    })
  }
}

export class InvalidWalletError extends BaseError {
  override readonly name = 'Wallet.InvalidError'

  constructor({ path, reason }: { path: string; reason: string }) {
    super(`Cannot read the wallet: "${path}" is not valid (${reason}), expected a wallet file`, { exitCode: 4 })
  }
}
