import { BaseError, type Logger } from '@hotaru/base'
import { type Ledger, sendGasMoney } from '@hotaru/chain'
import type { Address } from 'viem'

/**
 * Sees to it that the machine key can pay for its transactions: tops it up from the owner when it runs low.
 *
 * @returns Whether it stays low.
 * @throws `Agent.NoFuelError` when it has nothing and there is no owner key to top it up from.
 */
export async function fuelKey(ledger: Ledger, key: Address, options: fuelKey.Options): Promise<boolean> {
  const { owner, gasReserveWei, log } = options
  const balance = await ledger.client.getBalance({ address: key })
  if (balance >= gasReserveWei / 2n) return false
  if (!owner) {
    if (balance === 0n) throw new NoFuelError({ key })
    log.warn('machine key low on gas money', { key, balanceWei: balance })
    return true
  }
  await sendGasMoney(owner, { to: key, amountWei: gasReserveWei - balance })
  log.info('machine key topped up', { key, amountWei: gasReserveWei - balance })
  return false
}

export declare namespace fuelKey {
  type Options = { owner: Ledger | undefined; gasReserveWei: bigint; log: Logger }
}

export class NoFuelError extends BaseError {
  override readonly name = 'Agent.NoFuelError'

  constructor({ key }: { key: string }) {
    super("Cannot speak to the ledger: the machine key has none of the chain's own coin, expected some for gas", {
      facts: { key },
      hint: `send a little to ${key}, or set "ownerKeyFile" so that the agent tops it up`,
    })
  }
}
