import type { Hex } from 'viem'
import type { Class } from './Class.ts'

/** What one verifier says of a machine after a challenge. Bands are those of `toBand`, at most 255; 0 is not measured. */
export type Verdict =
  | { passed: false }
  | {
      passed: true
      class: Class
      network: {
        /** Milliseconds there and back: how much the verifier's clock can be trusted. */
        rttBand: number
        /** Bytes a second that the machine sent to the verifier, and took from him. */
        downBand: number
        upBand: number
      }
      disk: {
        /** Bytes a second that were written and flushed. */
        writeBand: number
        /** Reads of 4 KiB a second, anywhere on the disk. */
        readBand: number
      }
    }

/**
 * A verdict as the 32 bytes of a vote, as `contracts/src/libraries/Verdict.sol` reads it: outcome (1 fails, 2 passes), kind,
 * compute band, memory band and slots in 1, 1, 2, 2 and 1 bytes, a byte each for the bands of round trip, down, up, write and
 * read, and zeros. Of a machine that fails it says nothing else.
 */
export function encodeVerdict(verdict: Verdict): Hex {
  if (!verdict.passed) return pad('01')
  const { kind, computeBand, memoryBand, slots } = verdict.class
  const { rttBand, downBand, upBand } = verdict.network
  const { writeBand, readBand } = verdict.disk
  const measured = `${byte(kind === 'cpu' ? 0 : 1)}${twoBytes(computeBand)}${twoBytes(memoryBand)}${byte(slots)}`
  return pad(`02${measured}${[rttBand, downBand, upBand, writeBand, readBand].map(byte).join('')}`)
}

/** What a vote says of a machine; undefined when it is no verdict and so counts for nothing. */
export function decodeVerdict(vote: Hex): Verdict | undefined {
  const passed = read(vote, 0, 1) === 2
  const [kind, slots] = [read(vote, 1, 1), read(vote, 6, 1)]
  const measured = { computeBand: read(vote, 2, 2), memoryBand: read(vote, 4, 2), slots }
  const verdict: Verdict = passed
    ? {
        passed,
        class: { kind: kind === 0 ? 'cpu' : 'gpu', ...measured },
        network: { rttBand: read(vote, 7, 1), downBand: read(vote, 8, 1), upBand: read(vote, 9, 1) },
        disk: { writeBand: read(vote, 10, 1), readBand: read(vote, 11, 1) },
      }
    : { passed }
  return encodeVerdict(verdict) === vote && (!passed || slots > 0) ? verdict : undefined
}

/**
 * The vote of a verifier that could not look, because the machine is at work for a renter: it is opened like any other and
 * says neither that the machine passed nor that it failed.
 */
export const noVerdict: Hex = pad('03')

/** What a committee is asked in a fault: is the machine guilty, and since when (unix seconds). */
export type Judgement = { guilty: true; since: number } | { guilty: false }

/** A judgement as the 32 bytes of a vote, as `contracts/src/libraries/Judgement.sol` reads it. */
export function encodeJudgement(judgement: Judgement): Hex {
  return judgement.guilty ? pad(`02${judgement.since.toString(16).padStart(10, '0')}`) : pad('01')
}

/** What a vote says of a fault; undefined when it is no judgement. */
export function decodeJudgement(vote: Hex): Judgement | undefined {
  const since = read(vote, 1, 5)
  const judgement: Judgement = read(vote, 0, 1) === 2 ? { guilty: true, since } : { guilty: false }
  return encodeJudgement(judgement) === vote && (!judgement.guilty || since > 0) ? judgement : undefined
}

/** The number in so many bytes of a vote. */
const read = (vote: Hex, from: number, length: number) =>
  Number.parseInt(vote.slice(2 + 2 * from, 2 + 2 * (from + length)), 16)

const byte = (value: number) => value.toString(16).padStart(2, '0')
const twoBytes = (value: number) => value.toString(16).padStart(4, '0')

function pad(digits: string): Hex {
  return `0x${digits.padEnd(64, '0')}`
}
