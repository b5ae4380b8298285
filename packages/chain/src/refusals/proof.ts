import type { Refusals } from './Refusals.ts'

/** Why a proof about a challenge is refused before anything is compared. */
export const proof: Refusals<'Proof'> = {
  Proof_EntryOutOfRange: ({ text }) => ({
    sentence: `there is no entry (${text('row')}, ${text('column')}), expected both below ${text('n')}, the size of the product`,
  }),
  Proof_IndexOutOfRange: ({ text }) => ({
    sentence: `the tree has no leaf ${text('index')}, expected one below ${text('leafCount')}`,
  }),
  Proof_LeafOfWrongLength: ({ text }) => ({
    sentence: `the leaf has ${text('length')} bytes, expected ${text('expected')}`,
  }),
  Proof_PathOfWrongLength: ({ text }) => ({
    sentence: `the path has ${text('length')} siblings, expected ${text('expected')}`,
  }),
  Proof_PickOutOfRange: ({ text }) => ({
    sentence: `a slot has no pick ${text('pick')}, expected one below ${text('picks')}`,
  }),
  Proof_RoundOutOfRange: ({ text }) => ({
    sentence: `the audit has no round ${text('round')} of slot ${text('slot')}, expected a round below ${text('rounds')} of a slot below ${text('slots')}`,
  }),
  Proof_SizeNotAllowed: ({ text }) => ({
    sentence: `the matrices are of size ${text('n')}, expected a power of two that challenges use`,
  }),
}
