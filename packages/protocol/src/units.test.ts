import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatBytes, formatSeconds, formatTokens, formatUsd, parseSeconds, parseTokens, parseUsd } from './index.ts'

const amount = fc.bigInt({ min: 0n, max: 2n ** 128n })

test('an amount of tokens or dollars survives printing and reading, to the unit', () => {
  fc.assert(
    fc.property(amount, (units) => {
      expect(parseTokens(formatTokens(units))).toBe(units)
      expect(parseUsd(formatUsd(units))).toBe(units)
    }),
  )
})

test('a shortened amount never says more than there is', () => {
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 18 }), (units, fraction) => {
      const shown = parseTokens(formatTokens(units, { fraction }))
      expect(shown <= units && units - shown < 10n ** BigInt(18 - fraction)).toBe(true)
    }),
  )
})

test('another token has its own symbol and point', () => {
  expect(formatTokens(1_234_500n, { symbol: 'USDX', decimals: 6 })).toBe('1.2345 USDX')
  expect(formatTokens(70n, { symbol: 'COIN', decimals: 0 })).toBe('70 COIN')
})

test('a span of seconds survives printing and reading', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10 ** 9 }), (seconds) => {
      expect(parseSeconds(formatSeconds(seconds).replaceAll(' ', ''))).toBe(seconds)
      expect(parseSeconds(String(seconds))).toBe(seconds)
    }),
  )
})

test('any text is an amount or an InvalidAmountError', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789.,-+eE$ HOTAdhms'), maxLength: 400 })
  fc.assert(
    fc.property(fc.oneof(fc.string(), digits), (text) => {
      for (const parse of [parseTokens, parseUsd, parseSeconds]) {
        try {
          const value = parse(text)
          expect(value >= 0 && (typeof value === 'bigint' || Number.isSafeInteger(value))).toBe(true)
        } catch (error) {
          expect(error).toMatchObject({ name: 'Units.InvalidAmountError', exitCode: 2 })
        }
      }
    }),
  )
})

test('prints as people write', () => {
  expect(formatTokens(1_234_500_000_000_000_000n)).toBe('1.2345 HOTA')
  expect(formatTokens(1_234_500_000_000_000_000n, { fraction: 2 })).toBe('1.23 HOTA')
  expect(formatTokens(-1n, { fraction: 2 })).toBe('0 HOTA')
  expect(formatTokens(-1_500_000_000_000_000_000n)).toBe('-1.5 HOTA')
  expect(formatUsd(120_000n)).toBe('$0.12')
  expect(formatUsd(1_000_000n)).toBe('$1.00')
  expect(formatUsd(1n)).toBe('$0.000001')
  expect(formatUsd(-1_500_000n)).toBe('-$1.50')
  expect(formatBytes(0)).toBe('0 B')
  expect(formatBytes(1023)).toBe('1023 B')
  expect(formatBytes(1_610_612_736)).toBe('1.5 GiB')
  expect(formatSeconds(3725)).toBe('1h 2m 5s')
  expect(formatSeconds(0)).toBe('0s')
  expect(parseSeconds('1h30m')).toBe(5400)
})

test('bytes never print as 1024 of a smaller unit', () => {
  for (const unit of [2 ** 20, 2 ** 30, 2 ** 40, 2 ** 50]) expect(formatBytes(unit - 1)).toMatch(/^1 [KMGTP]iB$/)
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 52 }), (bytes) => {
      expect(Number.parseFloat(formatBytes(bytes))).toBeLessThan(1024)
    }),
  )
})

test('says what is wrong with an amount', () => {
  expect(() => parseTokens('1e3')).toThrowErrorMatchingInlineSnapshot(
    `[Units.InvalidAmountError: Cannot read the amount: got "1e3", expected a decimal number with at most 18 digits after the point]`,
  )
  expect(() => parseUsd('0.0000001')).toThrowErrorMatchingInlineSnapshot(
    `[Units.InvalidAmountError: Cannot read the amount: got "0.0000001", expected a decimal number with at most 6 digits after the point]`,
  )
  expect(() => parseSeconds('1h 30')).toThrowErrorMatchingInlineSnapshot(
    `[Units.InvalidAmountError: Cannot read the amount: got "1h 30", expected a span such as "90s" or "1h30m"]`,
  )
  expect(() => parseSeconds('9'.repeat(30))).toThrowErrorMatchingInlineSnapshot(
    `[Units.InvalidAmountError: Cannot read the amount: got "999999999999999999999999999999", expected fewer seconds than 2^53]`,
  )
})
