import { faultsAbi } from '@hotaru/contracts'
import { encodeFunctionData, type Hex, parseEventLogs, zeroHash } from 'viem'
import type { Ledger } from './createLedger.ts'
import { faultKinds } from './readFault.ts'
import { sendCall, toWritten, type Written } from './sendCall.ts'

/** Reports a fault of a machine, with a bond of the account's free stake; with a lease, by its renter. */
export async function reportFault(
  ledger: Ledger,
  parameters: reportFault.Parameters,
): Promise<Written & { faultId: bigint }> {
  const { machineId, leaseId = 0n, kind, since, evidence = zeroHash } = parameters
  const args = [machineId, leaseId, faultKinds.indexOf(kind), since, evidence] as const
  const data = encodeFunctionData({ abi: faultsAbi, functionName: 'report', args })
  const action = `report machine "${machineId}"`
  const receipt = await sendCall(ledger, { to: ledger.deployment.addresses.faults, data }, action)
  const [reported] = parseEventLogs({ abi: faultsAbi, eventName: 'Reported', logs: receipt.logs })
  return { ...toWritten(receipt), faultId: reported?.args.faultId ?? 0n }
}

export declare namespace reportFault {
  type Parameters = {
    machineId: bigint
    /** The lease that suffers. @default none */
    leaseId?: bigint | undefined
    kind: (typeof faultKinds)[number]
    /** Unix seconds since when. */
    since: number
    /** Hash of what the reporter shows the committee. @default none */
    evidence?: Hex | undefined
  }
}
