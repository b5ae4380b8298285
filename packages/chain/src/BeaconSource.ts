import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Ledger } from './createLedger.ts'
import { signBeaconRound } from './signBeaconRound.ts'

/** Where a verifier, or a decoy, gets the proofs of beacon rounds from; undefined while a round is not out. */
export type BeaconSource = { proofOf(round: bigint): Promise<Hex | undefined> }

/** The beacon of a local network: whoever holds its key signs the rounds. */
export function createLocalBeacon({ deployment }: Ledger, { privateKey }: { privateKey: Hex }): BeaconSource {
  const account = privateKeyToAccount(privateKey)
  const { chainId, addresses } = deployment
  return { proofOf: (round) => signBeaconRound({ account, chainId, beacon: addresses.beacon, round }) }
}

/**
 * drand over HTTP: the first of the relays that answers. A relay cannot lie: the ledger checks what it says.
 *
 * @param relays URLs of a chain, such as `https://api.drand.sh/04f1e909…`.
 */
export function createDrandBeacon(relays: readonly string[], fetchUrl: typeof fetch = fetch): BeaconSource {
  return {
    async proofOf(round) {
      for (const relay of relays) {
        const signature = await readSignature(fetchUrl, `${relay}/public/${round}`)
        if (signature !== undefined) return `0x${signature}`
      }
      return undefined
    },
  }
}

async function readSignature(fetchUrl: typeof fetch, url: string): Promise<string | undefined> {
  try {
    const response = await fetchUrl(url, { signal: AbortSignal.timeout(relayTimeoutMs) })
    if (!response.ok) return undefined
    const { signature } = (await response.json()) as { signature?: unknown }
    return typeof signature === 'string' && /^[0-9a-f]{128}$/.test(signature) ? signature : undefined
  } catch {
    return undefined
  }
}

/** A round is out every three seconds; a relay that needs longer is not worth waiting for. */
const relayTimeoutMs = 3_000
