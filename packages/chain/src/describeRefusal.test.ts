import { errorsAbi } from '@hotaru/contracts'
import { type Abi, type AbiParameter, encodeErrorResult, RawContractError } from 'viem'
import { expect, test } from 'vitest'
import { RefusedError, toLedgerError } from './toLedgerError.ts'

/** A value that fits a parameter, whatever it means. */
function sample({ type, components = [] }: AbiParameter & { components?: readonly AbiParameter[] }): unknown {
  if (type === 'tuple') return Object.fromEntries(components.map((part) => [part.name, sample(part)]))
  if (type === 'address') return `0x${'11'.repeat(20)}`
  if (type.startsWith('bytes')) return `0x${'22'.repeat(32)}`
  if (type === 'string') return 'text'
  return Number(type.replace('uint', '')) <= 48 ? 1 : 1n
}

test.each(errorsAbi.map((error) => [error.name, error] as const))(
  '%s has a sentence made of its values',
  (name, error) => {
    const args = error.inputs.map(sample)
    const data = encodeErrorResult({ abi: [error] as Abi, errorName: name, args })
    const told = toLedgerError(new RawContractError({ data }), 'do it')
    expect(told).toBeInstanceOf(RefusedError)
    expect(told.name).toBe(`Ledger.${name}`)
    expect(told.message).toMatch(/^Cannot do it: .+, expected .+[^.]$/)
    expect(told.message).not.toMatch(/undefined|NaN|\[object/)
    expect(Object.keys(told.facts)).toEqual(error.inputs.map((input) => input.name))
  },
)
