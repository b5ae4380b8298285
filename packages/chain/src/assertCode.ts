import { BaseError } from '@hotaru/base'
import type { Ledger } from './createLedger.ts'
import { contractNames } from './Deployment.ts'
import { encodeInitCodes } from './encodeInitCodes.ts'
import { readCall } from './readCall.ts'

/**
 * Compares the code at each address with what the contract's init code makes on this chain, every address and parameter that it
 * was told at its birth included. @throws CodeDiffersError
 */
export async function assertCode(ledger: Ledger): Promise<void> {
  const { addresses } = ledger.deployment
  const initCodes = encodeInitCodes(ledger.deployment)
  for (const name of contractNames) {
    const [found, made] = await readCall(ledger, `verify the code of ${name}`, async (client) => {
      // A call without a receiver creates, and answers with the code that would lie there.
      const [code, { data }] = await Promise.all([
        client.getCode({ address: addresses[name] }),
        client.call({ data: initCodes[name] }),
      ])
      return [code, data] as const
    })
    if (found === undefined || found !== made) throw new CodeDiffersError({ contract: name, address: addresses[name] })
  }
}

export class CodeDiffersError extends BaseError {
  override readonly name = 'Ledger.CodeDiffersError'

  constructor(facts: { contract: string; address: string }) {
    super(
      `Cannot use the deployed ledger: the code of "${facts.contract}" is another, expected what these sources make`,
      {
        facts,
        hint: 'deploy again from a fresh account, or use the sources that it was deployed from',
      },
    )
  }
}
