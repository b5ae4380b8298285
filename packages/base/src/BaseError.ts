/** Whether the same call can work: never, the same call later, or the same call to somebody else. */
export type Retry = 'never' | 'later' | 'elsewhere'

/** A value that is printed beside an error. */
export type Fact = string | number | bigint | boolean | null | undefined

/**
 * The one root of all errors of Hotaru.
 *
 * Says what could not be done, what is so and what was expected (`message`), the values that matter (`facts`), the
 * next step (`hint`), whether to try again (`retry`) and what the process should exit with (`exitCode`).
 * Subclasses are declared at the foot of the module that throws them, take one object of values, and set a `name`
 * that never changes (`'Lease.NotFoundError'`).
 *
 * @example
 * throw new BaseError('Cannot open the lease: balance is "3", expected at least "5"', {
 *   facts: { account: '0x12…', balance: 3n }, hint: 'npm run faucet -- 0x12…',
 * })
 */
export class BaseError extends Error {
  override readonly name: string = 'BaseError'
  readonly facts: Readonly<Record<string, Fact>>
  readonly hint: string | undefined
  readonly retry: Retry
  readonly exitCode: number

  constructor(message: string, options: BaseError.Options = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.facts = options.facts ?? {}
    this.hint = options.hint
    this.retry = options.retry ?? 'never'
    this.exitCode = options.exitCode ?? exitCodes.failed
  }

  /** The innermost error that satisfies `test`, this one included; undefined when none does. */
  find(test: (error: Error) => boolean): Error | undefined {
    let found: Error | undefined
    let next: unknown = this
    while (next instanceof Error) {
      if (test(next)) found = next
      next = next.cause
    }
    return found
  }
}

export declare namespace BaseError {
  type Options = {
    facts?: Readonly<Record<string, Fact>> | undefined
    /** The next step, as a command or a sentence. */
    hint?: string | undefined
    /** @default 'never' */
    retry?: Retry | undefined
    /** @default exitCodes.failed */
    exitCode?: number | undefined
    cause?: unknown
  }
}

/** What processes exit with; adapted from sysexits and the `gh` command line. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notAuthorised: 4,
  pending: 8,
  tryAgain: 75,
  interrupted: 130,
} as const
