import { errorsAbi } from '@hotaru/contracts'
import { type Abi, type AbiParameter, encodeErrorResult, maxUint256, RawContractError, stringToHex, toHex } from 'viem'
import { describe, expect, test } from 'vitest'
import { describeRefusal } from './describeRefusal.ts'
import { auditStates, committeePhases, faultStates, proposalStates } from './states.ts'
import { RefusedError, toLedgerError } from './toLedgerError.ts'

/** What a number is in a parameter, so that one sentence is told of small, of no and of vast values. */
const kinds = { small: () => 1n, zero: () => 0n, vast: (bits: number) => 2n ** BigInt(bits) - 1n }

/** A value that fits a parameter, whatever it means. */
function sample({ type, components = [] }: Parameter, number: (bits: number) => bigint): unknown {
  const array = /^(.+)\[(\d+)\]$/.exec(type)
  if (array) return Array.from({ length: Number(array[2]) }, () => sample({ type: array[1] ?? '' }, number))
  if (type === 'tuple') return Object.fromEntries(components.map((part) => [part.name, sample(part, number)]))
  if (type === 'address') return `0x${'11'.repeat(20)}`
  if (type === 'bytes16') return `0x${'61'.repeat(16)}`
  if (type.startsWith('bytes')) return `0x${'22'.repeat(32)}`
  if (type === 'string') return 'text'
  if (type === 'bool') return number(1) !== 0n
  const bits = Number(type.replace(/u?int/, ''))
  const value = number(type.startsWith('u') ? bits : bits - 1)
  return bits <= 48 ? Number(value) : value
}

type Parameter = Pick<AbiParameter, 'type' | 'name'> & { components?: readonly Parameter[] }

describe.each(Object.entries(kinds))('with %s numbers', (_kind, number) => {
  test.each(errorsAbi.map((error) => [error.name, error] as const))(
    '%s has a sentence made of its values',
    (name, error) => {
      const args = error.inputs.map((input) => sample(input, number))
      const data = encodeErrorResult({ abi: [error] as Abi, errorName: name, args })
      const told = toLedgerError(new RawContractError({ data }), 'do it')
      expect(told).toBeInstanceOf(RefusedError)
      expect(told.name).toBe(`Ledger.${name}`)
      expect(told.message).toMatch(/^Cannot do it: .+, expected .+[^.]$/)
      expect(told.message).not.toMatch(/undefined|NaN|\[object|""|Infinity|\de\+\d/)
      expect(told.message.match(/"/g)?.length ?? 0, 'quotation marks come in pairs').toSatisfy(
        (count) => count % 2 === 0,
      )
      expect(Object.keys(told.facts)).toEqual(error.inputs.map((input) => input.name))
    },
  )
})

test('the refusals after which another machine may do', () => {
  const names = errorsAbi.flatMap(({ name, inputs }) => {
    const values = Object.fromEntries(inputs.map((input) => [input.name, sample(input, kinds.small)]))
    return describeRefusal(name, values).retry === 'elsewhere' ? [name] : []
  })
  expect(names).toMatchInlineSnapshot(`
    [
      "Leases_SlotsBusy",
      "Leases_WindowTooShort",
      "Machines_AuditStale",
      "Machines_NotOffered",
      "Machines_NotOnline",
      "Machines_OfferChanged",
      "Machines_Silent",
      "Orders_ClassTooLow",
      "Orders_HeldByOther",
      "Orders_PriceTooHigh",
      "Orders_TierTooLow",
    ]
  `)
})

test('the states are words, and who has none is unknown', () => {
  const told = (refusal: Parameters<typeof describeRefusal>[0], values: Record<string, unknown>) =>
    describeRefusal(refusal, { auditId: 1n, committeeId: 1n, faultId: 1n, proposalId: 1n, ...values }).sentence
  expect(told('Audits_WrongState', { state: auditStates.indexOf('noVerdict') })).toContain('audit "1" is "no verdict"')
  expect(told('Audits_WrongState', { state: auditStates.indexOf('none') })).toContain('audit "1" is "unknown"')
  expect(told('Committees_WrongPhase', { phase: committeePhases.indexOf('over') })).toContain('is "over"')
  const wanted = (2 ** proposalStates.indexOf('succeeded')) | (2 ** proposalStates.indexOf('queued'))
  expect(
    told('GovernorUnexpectedProposalState', {
      current: proposalStates.indexOf('active'),
      expectedStates: toHex(wanted, { size: 32 }),
    }),
  ).toBe('proposal "1" is "active", expected "succeeded, queued"')
})

test('waiting helps where a state passes by itself, and only there', () => {
  const retry = (refusal: Parameters<typeof describeRefusal>[0], values: Record<string, unknown>) =>
    describeRefusal(refusal, { auditId: 1n, committeeId: 1n, ...values }).retry
  expect(retry('Audits_WrongState', { state: auditStates.indexOf('requested') })).toBe('later')
  expect(retry('Audits_WrongState', { state: auditStates.indexOf('failed') })).toBeUndefined()
  expect(retry('Committees_WrongPhase', { phase: committeePhases.indexOf('convened') })).toBe('later')
  expect(retry('Committees_WrongPhase', { phase: committeePhases.indexOf('dismissed') })).toBeUndefined()
  expect(retry('Faults_WrongState', { faultId: 1n, state: faultStates.indexOf('appealed') })).toBe('later')
  expect(retry('Faults_WrongState', { faultId: 1n, state: faultStates.indexOf('executed') })).toBeUndefined()
  const operation = (states: number) => ({ operationId: '0x01', expectedStates: toHex(states, { size: 32 }) })
  expect(retry('TimelockUnexpectedOperationState', operation(0b0100))).toBe('later')
  expect(retry('TimelockUnexpectedOperationState', operation(0b0001))).toBeUndefined()
})

test('structs, sets and shares are told as people write them', () => {
  const [lower, higher] = [2, 4].map((slots) => ({ kind: 1, computeBand: 90, memoryBand: 70, slots }))
  expect(describeRefusal('Orders_ClassTooLow', { machineId: 7n, class: lower, least: higher }).sentence).toBe(
    'machine "7" is of class "gpu-c90-m70x2", expected at least "gpu-c90-m70x4", kind included',
  )
  expect(describeRefusal('Leases_SlotsBusy', { machineId: 7n, busy: 0b1010n }).sentence).toContain('("1, 3")')
  expect(describeRefusal('Operators_FeeCapTooHigh', { feeCapBps: 2550n, max: 2000n }).sentence).toBe(
    'the fee cap is "25.5 %", expected at most "20 %"',
  )
  const name = stringToHex('gpu-24g', { size: 16 })
  expect(describeRefusal('ClassTable_KindUnknown', { name, kind: 2n }).sentence).toBe(
    'row "gpu-24g" of the class table is of kind "2", expected 0 for a processor or 1 for a GPU',
  )
  expect(describeRefusal('Orders_Expired', { deadline: maxUint256 }).sentence).toContain('"the end of time"')
})
