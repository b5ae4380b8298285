import type { Ledger } from './createLedger.ts'
import { toLedgerError } from './toLedgerError.ts'

/**
 * Makes one read whose failure is an error of ours.
 *
 * @param action Completes "Cannot …".
 */
export async function readCall<T>(
  { client, deployment: { addresses } }: Ledger,
  action: string,
  read: (client: Ledger['client'], addresses: Ledger['deployment']['addresses']) => Promise<T>,
): Promise<T> {
  try {
    return await read(client, addresses)
  } catch (error) {
    throw toLedgerError(error, action)
  }
}
