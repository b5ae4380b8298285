import { leasesAbi, machinesAbi } from '@hotaru/contracts'
import type { Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** What a lease would cost now. */
export type Quote = {
  /** Token units a second for all slots. */
  rate: bigint
  /** Token units that opening takes into escrow: rate × seconds. */
  escrow: bigint
  /** The terms this quote is for. */
  offerHash: Hex
}

/** Asks what `durationSeconds` of a set of slots cost at today's price. @throws RefusedError, UnreachableError */
export async function quoteLease(ledger: Ledger, parameters: quoteLease.Parameters): Promise<Quote> {
  const { machineId, slots, durationSeconds, preemptible = false } = parameters
  const action = `quote a lease of machine "${machineId}"`
  const [rate, offerHash] = await readCall(ledger, action, (client, { leases, machines }) =>
    Promise.all([
      client.readContract({
        abi: leasesAbi,
        address: leases,
        functionName: 'quote',
        args: [machineId, slots, preemptible],
      }),
      client.readContract({ abi: machinesAbi, address: machines, functionName: 'offerHash', args: [machineId] }),
    ]),
  )
  return { rate, escrow: rate * BigInt(durationSeconds), offerHash }
}

export declare namespace quoteLease {
  type Parameters = {
    machineId: bigint
    /** Set of slots, slot i is bit i. */
    slots: bigint
    durationSeconds: number
    /** At the price of a lease that an on-demand one may push out. @default false */
    preemptible?: boolean | undefined
  }
}
