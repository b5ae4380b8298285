import { committeesAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Reads where verifiers say that they look from, by the numbers of docs/ledger.md, in the order of the question. */
export async function readRegions(ledger: Ledger, verifiers: readonly Address[]): Promise<number[]> {
  return readCall(ledger, 'read the regions of verifiers', (client, { committees }) =>
    Promise.all(
      verifiers.map((verifier) =>
        client.readContract({ abi: committeesAbi, address: committees, functionName: 'regionOf', args: [verifier] }),
      ),
    ),
  )
}
