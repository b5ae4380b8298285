import { operatorsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Registers the account as a cloud that brings renters, with the highest fee it may take. */
export function registerOperator(ledger: Ledger, parameters: { name: string; feeCapBps: number }): Promise<Written> {
  const { name, feeCapBps } = parameters
  const data = encodeFunctionData({ abi: operatorsAbi, functionName: 'register', args: [name, feeCapBps] })
  return writeCall(ledger, { to: ledger.deployment.addresses.operators, data }, `register operator "${name}"`)
}
