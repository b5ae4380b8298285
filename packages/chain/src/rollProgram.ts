import { programsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Closes up to `epochs` epochs of a programme that are over. Anyone may. */
export function rollProgram(ledger: Ledger, parameters: { programId: bigint; epochs: bigint }): Promise<Written> {
  const { programId, epochs } = parameters
  const data = encodeFunctionData({ abi: programsAbi, functionName: 'roll', args: [programId, epochs] })
  return writeCall(ledger, { to: ledger.deployment.addresses.programs, data }, `roll programme "${programId}"`)
}
