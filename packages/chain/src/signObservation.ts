import type { Address, Hex, LocalAccount } from 'viem'
import type { Deployment } from './Deployment.ts'

/** A price that one reporter signed: what `postPrices` takes. */
export type Observation = {
  reporter: Address
  /** Millionths of a US dollar for one whole token. */
  usdPerToken: bigint
  /** Unix seconds. */
  observedAt: number
  signature: Hex
}

/** Signs the token's price as seen at a second; nothing is sent. */
export async function signObservation(
  deployment: Deployment,
  { reporter, usdPerToken, observedAt }: { reporter: LocalAccount; usdPerToken: bigint; observedAt: number },
): Promise<Observation> {
  const signature = await reporter.signTypedData({
    domain: {
      ...{ name: 'Hotaru Prices', version: '1' },
      ...{ chainId: deployment.chainId, verifyingContract: deployment.addresses.prices },
    },
    types: {
      Observation: [
        { name: 'usdPerToken', type: 'uint64' },
        { name: 'observedAt', type: 'uint40' },
      ],
    },
    primaryType: 'Observation',
    message: { usdPerToken, observedAt },
  })
  return { reporter: reporter.address, usdPerToken, observedAt, signature }
}
