import type { Retry } from '@hotaru/base'
import type { errorsAbi } from '@hotaru/contracts'
import type { RefusalName } from '../toLedgerError.ts'

/** What a refusal says to a person: "what is so, expected what should be", and the next step. */
export type Description = { sentence: string; hint?: string; retry?: Retry }

/**
 * Values of a refusal as words, by their names in Solidity. All come in quotation marks.
 *
 * @typeParam Value The names that there are.
 */
export type Words<Value extends string = string> = Record<
  /** As it is: numbers, addresses, hashes. */
  | 'text'
  /** Token units, as tokens. */
  | 'tokens'
  /** Millionths of a US dollar. */
  | 'usd'
  /** Unix seconds. */
  | 'time'
  /** A span of seconds. */
  | 'span'
  /** Hundredths of a percent. */
  | 'percent'
  /** A set of slots, slot i is bit i. */
  | 'slots'
  /** What an audit measured. */
  | 'class'
  /** Text in bytes that are padded with zeros. */
  | 'name'
  /** The wall around a workload. */
  | 'tier'
  /** A member of an enum. */
  | 'auditState'
  | 'committeePhase'
  | 'faultState'
  | 'leaseState'
  | 'machineState'
  | 'proposalState'
  /** A set of members of an enum, state i is bit i of 32 bytes. */
  | 'proposalStates'
  | 'operationStates',
  (name: Value) => string
> & {
  /** Whether a value is neither zero nor false. */
  has: (name: Value) => boolean
  /** The place of a state in its enum. */
  number: (name: Value) => number
}

/** The names of the values of one refusal. */
type ValueOf<Name extends RefusalName> = Extract<(typeof errorsAbi)[number], { name: Name }>['inputs'][number]['name']

/** A description for each of these refusals, made of no other values than its own: the type makes a table complete. */
export type RefusalsNamed<Name extends RefusalName> = {
  readonly [One in Name]: (words: Words<ValueOf<One>>) => Description
}

/** A description for each refusal of one contract, by what stands before the underscore in its errors' names. */
export type Refusals<Contract extends string> = RefusalsNamed<Extract<RefusalName, `${Contract}_${string}`>>
