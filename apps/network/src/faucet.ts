import { readFile } from 'node:fs/promises'
import { BaseError, exitCodes, formatError } from '@hotaru/base'
import { createLedger, parseDeployment, sendGasMoney, transferTokens } from '@hotaru/chain'
import { devAccounts } from '@hotaru/devchain'
import { formatTokens, parseTokens } from '@hotaru/protocol'
import { type Address, isAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { placesOf } from './Places.ts'
import { castFrom } from './prepareLedger.ts'

/** Gives an account tokens and gas money on the running local network: `npm run faucet -- ADDRESS [TOKENS]`. */
async function main(to: string | undefined, amount = '1000'): Promise<void> {
  if (!to || !isAddress(to)) throw new NoAddressError({ to })
  const places = placesOf(process.env.HOTARU_HOME)
  const units = parseTokens(amount)
  const deployment = parseDeployment(JSON.parse(await readNetworkFile(places.deployment)))
  const { treasury } = castFrom(await devAccounts(places.chain))
  const ledger = createLedger({ deployment, account: privateKeyToAccount(treasury.privateKey) })
  await give(ledger, to, units)
  process.stdout.write(`gave ${formatTokens(units)} and one coin for gas to ${to}\n`)
}

async function give(ledger: ReturnType<typeof createLedger>, to: Address, units: bigint): Promise<void> {
  await transferTokens(ledger, { to, amount: units })
  await sendGasMoney(ledger, { to, amountWei: 10n ** 18n })
}

async function readNetworkFile(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause) => {
    throw new NoNetworkError({ path, cause })
  })
}

class NoAddressError extends BaseError {
  override readonly name = 'Faucet.NoAddressError'

  constructor({ to }: { to: string | undefined }) {
    super(`Cannot give tokens: "${to ?? ''}" is no address, expected 0x and 40 hex digits`, {
      hint: 'npm run faucet -- 0x… 1000',
      exitCode: exitCodes.usage,
    })
  }
}

class NoNetworkError extends BaseError {
  override readonly name = 'Faucet.NoNetworkError'

  constructor({ path, cause }: { path: string; cause: unknown }) {
    super('Cannot give tokens: there is no local network here, expected one that was started', {
      facts: { path },
      hint: 'npm start',
      cause,
    })
  }
}

main(process.argv[2], process.argv[3]).catch((error: unknown) => {
  process.stderr.write(`${formatError(error)}\n`)
  process.exitCode = error instanceof BaseError ? error.exitCode : exitCodes.failed
})
