import { tokenAbi } from '@hotaru/contracts'
import { type Address, type Hex, parseSignature } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { accountOf } from './sendCall.ts'
import { toLedgerError } from './toLedgerError.ts'

/** A signed ERC-2612 permission, in the parts the contracts take. */
export type Permit = { value: bigint; deadline: bigint; v: number; r: Hex; s: Hex }

/** Signs that `spender` may take `value` token units of the account, once, within the hour. */
export async function signPermit(
  ledger: Ledger,
  { spender, value }: { spender: Address; value: bigint },
): Promise<Permit> {
  const action = 'sign the permit'
  const account = accountOf(ledger, action)
  const owner = account.address
  const { chainId, addresses } = ledger.deployment
  const [nonce, block] = await readCall(ledger, action, (client, { token }) =>
    Promise.all([
      client.readContract({ abi: tokenAbi, address: token, functionName: 'nonces', args: [owner] }),
      client.getBlock(),
    ]),
  )
  // By the chain's clock, which may be ahead of ours.
  const deadline = block.timestamp + permitSeconds
  try {
    const signature = await ledger.wallet?.signTypedData({
      account,
      domain: { name: 'Hotaru', version: '1', chainId, verifyingContract: addresses.token },
      types: permitTypes,
      primaryType: 'Permit',
      message: { owner, spender, value, nonce, deadline },
    })
    const { r, s, yParity } = parseSignature(signature ?? '0x')
    return { value, deadline, v: 27 + yParity, r, s }
  } catch (error) {
    throw toLedgerError(error, action)
  }
}

const permitSeconds = 3600n

const permitTypes = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const
