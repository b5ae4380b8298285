import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Sends `amountWei` of the chain's own coin, which pays for gas, to an account: half of a faucet. */
export function sendGasMoney(ledger: Ledger, { to, amountWei }: { to: Address; amountWei: bigint }): Promise<Written> {
  return writeCall(ledger, { to, value: amountWei }, 'send gas money')
}
