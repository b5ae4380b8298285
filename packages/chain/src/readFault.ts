import { faultsAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { type FaultState, faultStates } from './states.ts'

/** Kinds of a fault, in the order of the ledger's enum. */
export const faultKinds = ['unreachable', 'noStart', 'unlike'] as const

/** A reported fault, as the ledger knows it. Times in unix seconds; 0 where it has not happened. */
export type Fault = {
  id: bigint
  machineId: bigint
  /** The lease that suffers; 0 when none. */
  leaseId: bigint
  committeeId: bigint
  reporter: Address
  state: FaultState
  kind: (typeof faultKinds)[number]
  guilty: boolean
  since: number
  until: number
  verdictAt: number
}

/** Reads a fault; its state is `none` when there is no such one. */
export async function readFault(ledger: Ledger, { faultId }: { faultId: bigint }): Promise<Fault> {
  const raw = await readCall(ledger, `read fault "${faultId}"`, (client, { faults }) =>
    client.readContract({ abi: faultsAbi, address: faults, functionName: 'fault', args: [faultId] }),
  )
  const { machineId, leaseId, committeeId, reporter, guilty, since, until, verdictAt } = raw
  const [state, kind] = [faultStates[raw.state] ?? 'none', faultKinds[raw.kind] ?? 'unreachable']
  return { id: faultId, machineId, leaseId, committeeId, reporter, state, kind, guilty, since, until, verdictAt }
}
