import { pbkdf2Sync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'
import { writeFileAtomic } from '@hotaru/journal'
import { english, generateMnemonic, HDKey, hdKeyToAccount } from 'viem/accounts'

/** A funded account of a local network. The key is worth nothing elsewhere, yet nobody else has it. */
export type DevAccount = { address: `0x${string}`; privateKey: `0x${string}` }

/**
 * Reads the funded accounts of the chain in `directory`, made when the chain was.
 *
 * @throws NoDevAccountsError when no chain was made there.
 */
export async function devAccounts(directory: string): Promise<DevAccount[]> {
  const path = join(directory, fileName)
  try {
    const { mnemonic, count }: Stored = JSON.parse(await readFile(path, 'utf8'))
    return derive(mnemonic, count)
  } catch (cause) {
    throw new NoDevAccountsError({ path }, cause)
  }
}

/** Makes and stores the accounts of a new chain; those already stored win, so that an interrupted start goes on. */
export async function createDevAccounts(
  directory: string,
  { mnemonic = generateMnemonic(english), count }: { mnemonic?: string | undefined; count: number },
): Promise<DevAccount[]> {
  try {
    return await devAccounts(directory)
  } catch {
    const stored: Stored = { mnemonic, count }
    await writeFileAtomic(join(directory, fileName), JSON.stringify(stored))
    return derive(mnemonic, count)
  }
}

type Stored = { mnemonic: string; count: number }

const fileName = 'accounts.json'

function derive(mnemonic: string, count: number): DevAccount[] {
  // BIP-39's seed, once for all: it is slow on purpose, and viem makes it anew for each account.
  const seed = pbkdf2Sync(mnemonic.normalize('NFKD'), 'mnemonic', 2048, 64, 'sha512')
  const root = HDKey.fromMasterSeed(seed)
  return Array.from({ length: count }, (_, addressIndex) => {
    const account = hdKeyToAccount(root, { addressIndex })
    const { privateKey } = account.getHdKey()
    return { address: account.address, privateKey: `0x${Buffer.from(privateKey ?? []).toString('hex')}` }
  })
}

export class NoDevAccountsError extends BaseError {
  override readonly name = 'Devchain.NoDevAccountsError'

  constructor(facts: { path: string }, cause: unknown) {
    super(
      `Cannot read the accounts of the local network: "${facts.path}" is missing or damaged, expected its accounts`,
      {
        facts,
        hint: 'start the local network once; it makes them',
        cause,
      },
    )
  }
}
