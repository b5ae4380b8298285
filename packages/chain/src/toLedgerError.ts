import { BaseError, exitCodes, type Fact } from '@hotaru/base'
import { errorsAbi } from '@hotaru/contracts'
import {
  type ContractErrorName,
  decodeErrorResult,
  type Hex,
  HttpRequestError,
  InsufficientFundsError,
  isHex,
  TimeoutError,
  UserRejectedRequestError,
} from 'viem'
import { describeRefusal } from './describeRefusal.ts'

/** Every reason for which the ledger refuses, by its name in Solidity. */
export type RefusalName = ContractErrorName<typeof errorsAbi>

/**
 * Turns what viem throws into an error of ours with facts and a next step.
 *
 * @param action Completes "Cannot …".
 */
export function toLedgerError(error: unknown, action: string): BaseError {
  if (error instanceof BaseError) return error
  const refusal = findRefusal(error)
  if (refusal) return new RefusedError({ action, ...refusal }, error)
  const causes = causesOf(error)
  if (causes.some((cause) => cause instanceof UserRejectedRequestError)) return new NotSignedError({ action }, error)
  if (causes.some(isNoGasMoney)) return new NoGasMoneyError({ action }, error)
  const failed = causes.find((cause) => cause instanceof HttpRequestError || cause instanceof TimeoutError)
  if (failed) return new UnreachableError({ action, url: urlOf(failed) }, error)
  return new CallFailedError({ action, reason: reasonOf(error) }, error)
}

/** The custom error inside whatever a call of a contract threw. */
function findRefusal(error: unknown): { refusal: RefusalName; values: readonly unknown[] } | undefined {
  for (const cause of causesOf(error)) {
    const data = revertData(cause)
    if (data === undefined) continue
    try {
      const { errorName, args = [] } = decodeErrorResult({ abi: errorsAbi, data })
      if (errorName in inputsByName) return { refusal: errorName as RefusalName, values: args }
    } catch {
      // Not one of the ledger's errors.
    }
  }
  return undefined
}

/** Nodes put the bytes of a revert into `data`, some one object deeper. */
function revertData(cause: unknown): Hex | undefined {
  if (typeof cause !== 'object' || cause === null) return undefined
  if ('data' in cause) {
    if (isHex(cause.data) && cause.data.length >= 10) return cause.data
    return revertData(cause.data)
  }
  return undefined
}

/** geth and anvil say the latter when the balance pays for no gas at all. */
function isNoGasMoney(cause: unknown): boolean {
  if (cause instanceof InsufficientFundsError) return true
  return cause instanceof Error && /gas required exceeds allowance/i.test(cause.message)
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = []
  for (let next = error; next !== undefined && next !== null && causes.length < 12; ) {
    causes.push(next)
    next = next instanceof Error ? next.cause : undefined
  }
  return causes
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('details' in error && typeof error.details === 'string' && error.details) return error.details
  return error.message.split('\n')[0] ?? error.name
}

function urlOf(error: unknown): string | undefined {
  return error instanceof HttpRequestError ? error.url : undefined
}

const inputsByName: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  errorsAbi.map(({ name, inputs }) => [name, inputs.map((input) => input.name)]),
)

/** The ledger's contracts said no. `refusal` is why, by its name in Solidity; its values are the facts. */
export class RefusedError extends BaseError {
  override readonly name: string
  readonly refusal: RefusalName

  constructor(
    { action, refusal, values }: { action: string; refusal: RefusalName; values: readonly unknown[] },
    cause: unknown,
  ) {
    const names = inputsByName[refusal] ?? []
    const named: Record<string, unknown> = Object.fromEntries(names.map((name, index) => [name, values[index]]))
    const { sentence, hint, retry } = describeRefusal(refusal, named)
    super(`Cannot ${action}: ${sentence}`, { facts: toFacts(named), hint, retry, cause })
    this.name = `Ledger.${refusal}`
    this.refusal = refusal
  }
}

function toFacts(values: Readonly<Record<string, unknown>>): Record<string, Fact> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const plain = typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number'
      return [
        name,
        plain ? value : JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? `${part}` : part)),
      ]
    }),
  )
}

export class UnreachableError extends BaseError {
  override readonly name = 'Ledger.UnreachableError'

  constructor({ action, url }: { action: string; url: string | undefined }, cause: unknown) {
    super(`Cannot reach the chain to ${action}: no answer from "${url ?? 'its RPC URL'}", expected one`, {
      facts: { url },
      hint: 'check that the network is up (`hotaru network status`) and that the RPC URL is right',
      retry: 'later',
      exitCode: exitCodes.tryAgain,
      cause,
    })
  }
}

export class NoGasMoneyError extends BaseError {
  override readonly name = 'Ledger.NoGasMoneyError'

  constructor({ action }: { action: string }, cause: unknown) {
    super(`Cannot ${action}: the account has too little of the chain's own coin, expected enough for the gas`, {
      hint: 'send it some; on a local network `npm run faucet -- ADDRESS` does',
      cause,
    })
  }
}

export class NotSignedError extends BaseError {
  override readonly name = 'Ledger.NotSignedError'

  constructor({ action }: { action: string }, cause: unknown) {
    super(`Cannot ${action}: the wallet refused to sign, expected its consent`, {
      exitCode: exitCodes.interrupted,
      cause,
    })
  }
}

export class CallFailedError extends BaseError {
  override readonly name = 'Ledger.CallFailedError'

  constructor({ action, reason }: { action: string; reason: string }, cause: unknown) {
    super(`Cannot ${action}: the chain says "${reason}", expected it to agree`, { cause })
  }
}
