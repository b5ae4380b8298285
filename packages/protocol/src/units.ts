import { BaseError } from '@hotaru/base'

/** Decimals of the token and of a US dollar amount on the ledger. */
const tokenDecimals = 18
const usdDecimals = 6

/** The token's name in front of people. */
export const tokenSymbol = 'HOTA'

/**
 * Prints token units for a person: `1234500000000000000n` → `1.2345 HOTA`.
 *
 * @param options.fraction Digits after the point at the most; the rest is cut, never rounded up. @default all (exact)
 * @param options.symbol Of another token than the ledger's, with its `decimals`.
 */
export function formatTokens(units: bigint, options: formatTokens.Options = {}): string {
  const { symbol = tokenSymbol, decimals = tokenDecimals } = options
  return `${formatDecimal(units, decimals, options.fraction ?? decimals)} ${symbol}`
}

export declare namespace formatTokens {
  type Options = { fraction?: number | undefined; symbol?: string | undefined; decimals?: number | undefined }
}

/** Reads a decimal amount of tokens, with or without the symbol, into token units. Throws `Units.InvalidAmountError`. */
export function parseTokens(text: string): bigint {
  return parseDecimal(text.replace(new RegExp(`\\s*${tokenSymbol}$`), ''), tokenDecimals)
}

/** Prints millionths of a US dollar: `120000n` → `$0.12`. */
export function formatUsd(millionths: bigint): string {
  const sign = millionths < 0n ? '-' : ''
  const text = formatDecimal(millionths < 0n ? -millionths : millionths, usdDecimals, usdDecimals)
  const [whole = '0', fraction = ''] = text.split('.')
  return `${sign}$${whole}.${fraction.padEnd(2, '0')}`
}

/** Reads a decimal amount of US dollars, with or without `$`, into millionths. Throws `Units.InvalidAmountError`. */
export function parseUsd(text: string): bigint {
  return parseDecimal(text.replace(/^\$/, ''), usdDecimals)
}

/** Prints bytes with a binary unit: `1610612736` → `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let value = bytes
  let index = 0
  // What rounds to 1024 of a unit is one of the next.
  while (Math.round(value) >= 1024 && index < names.length - 1) {
    value /= 1024
    index++
  }
  return `${Number(value.toFixed(value < 10 && index > 0 ? 1 : 0))} ${names[index]}`
}

/** Prints a span of seconds: `3725` → `1h 2m 5s`. */
export function formatSeconds(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [Math.floor(seconds) % 60, 's'],
  ] as const
  const shown = parts.filter(([value]) => value > 0).map(([value, unit]) => `${value}${unit}`)
  return shown.join(' ') || '0s'
}

/** Reads a span such as `90s`, `10m`, `1h30m` or a bare number of seconds. Throws `Units.InvalidAmountError`. */
export function parseSeconds(text: string): number {
  const factors: Record<string, number> = { d: 86_400, h: 3600, m: 60, s: 1 }
  if (!/^(\d+[dhms])+$|^\d+$/.test(text))
    throw new InvalidAmountError({ text, expected: 'a span such as "90s" or "1h30m"' })
  const pieces = text.match(/\d+[dhms]?/g) ?? []
  const seconds = pieces.reduce(
    (sum, piece) => sum + Number.parseInt(piece, 10) * (factors[piece.at(-1) ?? ''] ?? 1),
    0,
  )
  if (!Number.isSafeInteger(seconds)) throw new InvalidAmountError({ text, expected: 'fewer seconds than 2^53' })
  return seconds
}

function formatDecimal(units: bigint, decimals: number, fractionDigits: number): string {
  const sign = units < 0n ? '-' : ''
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const whole = digits.slice(0, point)
  const fraction = digits.slice(point, point + fractionDigits).replace(/0+$/, '')
  if (fraction) return `${sign}${whole}.${fraction}`
  return whole === '0' ? '0' : `${sign}${whole}`
}

function parseDecimal(text: string, decimals: number): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.trim())
  const fraction = match?.[2] ?? ''
  if (!match || fraction.length > decimals)
    throw new InvalidAmountError({ text, expected: `a decimal number with at most ${decimals} digits after the point` })
  return BigInt(`${match[1]}${fraction.padEnd(decimals, '0')}`)
}

export class InvalidAmountError extends BaseError {
  override readonly name = 'Units.InvalidAmountError'

  constructor({ text, expected }: { text: string; expected: string }) {
    super(`Cannot read the amount: got "${text}", expected ${expected}`, { exitCode: 2 })
  }
}
