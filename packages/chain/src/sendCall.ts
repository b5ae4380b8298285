import { BaseError, exitCodes } from '@hotaru/base'
import { type Address, type Hex, NonceTooLowError, type TransactionReceipt } from 'viem'
import type { Ledger } from './createLedger.ts'
import { RefusedError, toLedgerError } from './toLedgerError.ts'

/** A transaction that is in a block and did what it should. */
export type Written = { hash: Hex; gasUsed: bigint; blockNumber: bigint }

/** One call of a contract, or a plain transfer when there is no `data`. */
export type OutgoingCall = { to: Address | undefined; data?: Hex | undefined; value?: bigint | undefined }

/**
 * Sends a transaction and waits for its block.
 *
 * It is tried out first, so that what would be refused costs nothing and comes back as `RefusedError`. When the ledger
 * changed between the try and the block (another was faster), the reason is found by trying again after it.
 *
 * @param action Completes "Cannot …".
 */
export async function sendCall(ledger: Ledger, call: OutgoingCall, action: string): Promise<TransactionReceipt> {
  const account = accountOf(ledger, action)
  const request = { account, to: call.to ?? null, data: call.data, value: call.value }
  let receipt: TransactionReceipt
  try {
    const gas = withMargin(await ledger.client.estimateGas(request))
    receipt = await waitForReceipt(ledger, await submit(ledger, { ...request, gas }))
  } catch (error) {
    throw toLedgerError(error, action)
  }
  if (receipt.status === 'success') return receipt
  await ledger.client.call(request).catch((error: unknown) => {
    throw toLedgerError(error, action)
  })
  throw new RevertedError({ action, hash: receipt.transactionHash })
}

/** `sendCall` for callers who need no logs. */
export async function writeCall(ledger: Ledger, call: OutgoingCall, action: string): Promise<Written> {
  return toWritten(await sendCall(ledger, call, action))
}

export function toWritten({ transactionHash, gasUsed, blockNumber }: TransactionReceipt): Written {
  return { hash: transactionHash, gasUsed, blockNumber }
}

/** The account of a ledger that can write. @throws ReadOnlyError */
export function accountOf({ wallet }: Ledger, action: string) {
  if (!wallet) throw new ReadOnlyError({ action })
  return wallet.account
}

/** Whether `error` is one of these refusals. */
export function isRefusal(error: unknown, ...names: RefusedError['refusal'][]): error is RefusedError {
  return error instanceof RefusedError && names.includes(error.refusal)
}

type Request = { to: Address | null; data: Hex | undefined; value: bigint | undefined; gas: bigint }

/** Nonce, signature and sending are one step, so that two writes cannot take the same nonce. */
async function submit(ledger: Ledger, { to, data, value, gas }: Request): Promise<Hex> {
  const { wallet, client, nonceLine } = ledger
  if (!wallet) throw new ReadOnlyError({ action: 'send the transaction' })
  return nonceLine.run(async () => {
    for (let attempt = 1; ; attempt++) {
      const nonce = await client.getTransactionCount({ address: wallet.account.address, blockTag: 'pending' })
      try {
        return await wallet.sendTransaction({ to, gas, nonce, ...(data && { data }), ...(value && { value }) })
      } catch (error) {
        // Somebody else uses the account as well, or the node we asked was behind.
        const stale = error instanceof Error && isStaleNonce(error)
        if (!stale || attempt === nonceAttempts) throw error
      }
    }
  })
}

function isStaleNonce(error: Error): boolean {
  for (let next: unknown = error; next instanceof Error; next = next.cause)
    if (next instanceof NonceTooLowError) return true
  return false
}

async function waitForReceipt({ client }: Ledger, hash: Hex): Promise<TransactionReceipt> {
  // A chain that makes its block at once has the receipt now; viem would first wait for another block.
  const now = await client.getTransactionReceipt({ hash }).catch(() => undefined)
  return now ?? client.waitForTransactionReceipt({ hash, timeout: receiptTimeoutMs })
}

/**
 * Gas is tried at the last block's time; a boundary of time crossed before the next (an acceptance window ends) can add
 * a transfer and a write, some 60,000 together. What is not used is not paid.
 */
const withMargin = (gas: bigint) => (gas * 5n) / 4n + 60_000n
const nonceAttempts = 3
/** Ten blocks of Ethereum's main network, and then some. */
const receiptTimeoutMs = 180_000

export class ReadOnlyError extends BaseError {
  override readonly name = 'Ledger.ReadOnlyError'

  constructor({ action }: { action: string }) {
    super(`Cannot ${action}: the ledger was opened without an account, expected one that signs`, {
      hint: 'give an account when the ledger is created; the command line takes one with --key-file',
      exitCode: exitCodes.notAuthorised,
    })
  }
}

export class RevertedError extends BaseError {
  override readonly name = 'Ledger.RevertedError'

  constructor({ action, hash }: { action: string; hash: Hex }) {
    super(`Cannot ${action}: the transaction was refused in its block, expected it to pass as it did when tried`, {
      facts: { hash },
      hint: 'the ledger changed in between; look at it again and retry',
      retry: 'later',
    })
  }
}
