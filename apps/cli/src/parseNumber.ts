import { UsageError } from './parseCommand.ts'

/** Reads the number of a lease or machine. Throws `Cli.UsageError`. */
export function parseId(text: string, what: string): bigint {
  if (!/^\d{1,78}$/.test(text)) throw new UsageError({ reason: `${what} "${text}" is not a number` })
  return BigInt(text)
}

/** Reads a count of at least one. Throws `Cli.UsageError`. */
export function parseCount(text: string, what: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError({ reason: `${what} "${text}" is not a count from 1 on` })
  return Number.parseInt(text, 10)
}

/** Reads an account's address. Throws `Cli.UsageError`. */
export function parseAddress(text: string): `0x${string}` {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new UsageError({ reason: `"${text}" is no address` })
  return text as `0x${string}`
}
