import { BaseError, exitCodes } from '@hotaru/base'
import type { Ledger } from './createLedger.ts'
import { contractNames } from './Deployment.ts'
import { readCall } from './readCall.ts'

/**
 * Asks whether the network behind the ledger is the one its deployment names.
 *
 * @throws UnreachableError, WrongChainError, ContractsMissingError: each with what to do next.
 */
export async function assertNetwork(ledger: Ledger): Promise<void> {
  const { chainId, name, addresses } = ledger.deployment
  const found = await readCall(ledger, 'ask for its chain id', (client) => client.getChainId())
  if (found !== chainId) throw new WrongChainError({ name, found, expected: chainId })
  const codes = await readCall(ledger, 'look for the contracts', (client) =>
    Promise.all(contractNames.map((contract) => client.getCode({ address: addresses[contract] }))),
  )
  const missing = contractNames.filter((_, index) => codes[index] === undefined)
  if (missing.length > 0) throw new ContractsMissingError({ name, missing: missing.join(', ') })
}

export class WrongChainError extends BaseError {
  override readonly name = 'Ledger.WrongChainError'

  constructor(facts: { name: string; found: number; expected: number }) {
    super(
      `Cannot use network "${facts.name}": its RPC URL is of chain "${facts.found}", expected "${facts.expected}"`,
      {
        facts,
        hint: 'give the RPC URL of the right chain, or the deployment file of this one',
        exitCode: exitCodes.usage,
      },
    )
  }
}

export class ContractsMissingError extends BaseError {
  override readonly name = 'Ledger.ContractsMissingError'

  constructor(facts: { name: string; missing: string }) {
    super(
      `Cannot use network "${facts.name}": the contracts are not there (${facts.missing}), expected all of the ledger`,
      {
        facts,
        hint: 'the chain may have been begun anew: start the local network again, or get its present deployment file',
      },
    )
  }
}
