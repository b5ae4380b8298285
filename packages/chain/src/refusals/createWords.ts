import {
  formatClass,
  formatSeconds,
  formatTokens,
  formatUsd,
  leaseStates,
  machineStates,
  tiers,
} from '@hotaru/protocol'
import { type Hex, hexToString } from 'viem'
import { auditStates, committeePhases, faultStates, proposalStates } from '../states.ts'
import type { Words } from './Refusals.ts'

/** Puts the values of a refusal into words. @param values By their names in Solidity. */
export function createWords(values: Readonly<Record<string, unknown>>): Words {
  const big = (name: string) => toBigint(values[name])
  const number = (name: string) => Number(values[name])
  const member = (members: readonly string[]) => (name: string) => quote(toWord(members[number(name)] ?? big(name)))
  const set = (members: readonly string[]) => (name: string) =>
    quote(toPlaces(big(name)).map((place) => toWord(members[place] ?? place)))
  return {
    text: (name) => quote(values[name]),
    tokens: (name) => quote(formatTokens(big(name))),
    usd: (name) => quote(formatUsd(big(name))),
    time: (name) => quote(toDate(number(name))),
    span: (name) => quote(formatSpan(number(name))),
    percent: (name) => quote(toPercent(big(name))),
    slots: (name) => quote(toPlaces(big(name))),
    class: (name) => quote(toClassWord(values[name])),
    name: (name) => quote(hexToString(values[name] as Hex).replaceAll(/[^!-~]/g, '')),
    tier: member(tiers),
    auditState: member(auditStates),
    committeePhase: member(committeePhases),
    faultState: member(faultStates),
    leaseState: member(leaseStates),
    machineState: member(machineStates),
    proposalState: member(proposalStates),
    proposalStates: set(proposalStates),
    operationStates: set(operationStates),
    has: (name) => Boolean(values[name]),
    number,
  }
}

/** States of an operation of the timelock, in the order of OpenZeppelin's enum. */
const operationStates = ['unset', 'waiting', 'ready', 'done'] as const

/** The last second that a date can say. */
const lastSecond = 8_640_000_000_000

const quote = (value: unknown) => `"${Array.isArray(value) ? value.join(', ') || 'none' : String(value)}"`

const toBigint = (value: unknown) => (typeof value === 'bigint' ? value : BigInt(value as string | number))

/** `noVerdict` → `no verdict`; who has no state is not known. */
function toWord(member: string | number | bigint): string {
  if (member === 'none') return 'unknown'
  return String(member).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** `2550n` → `25.5 %`. */
function toPercent(share: bigint): string {
  const fraction = `${share % 100n}`.padStart(2, '0').replace(/0+$/, '')
  return `${share / 100n}${fraction && `.${fraction}`} %`
}

/** The bits that are set, the lowest first. */
function toPlaces(set: bigint): number[] {
  return [...set.toString(2)].toReversed().flatMap((bit, place) => (bit === '1' ? [place] : []))
}

function toDate(seconds: number): string {
  if (seconds === 0) return 'never'
  return seconds > lastSecond ? 'the end of time' : new Date(seconds * 1000).toISOString()
}

function formatSpan(seconds: number): string {
  return seconds > lastSecond ? 'for ever' : formatSeconds(seconds)
}

function toClassWord(value: unknown): string {
  const { kind, computeBand, memoryBand, slots } = value as Record<
    'kind' | 'computeBand' | 'memoryBand' | 'slots',
    number
  >
  return formatClass({ kind: kind === 0 ? 'cpu' : 'gpu', computeBand, memoryBand, slots })
}
