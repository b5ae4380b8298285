export { answerChallenge, answerSlot } from './answerChallenge.ts'
export {
  type Challenge,
  type ChallengeSize,
  cpuChallenge,
  InvalidSeedError,
  InvalidSizeError,
  multiplyAddsOf,
} from './challenge.ts'
export { type Fault, findFault, findPickedFault, type WrongEntry } from './findFault.ts'
export type { Hex } from './hex.ts'
export { openEntries } from './openEntries.ts'
export { type PickedEntry, pickEntries, picksPerSlot } from './pickEntries.ts'
export type { Opening } from './product.ts'
export { type Answer, nextState, type Round, readAnswer, startState, toAnswer } from './rounds.ts'
export { roundPath, transcriptRoot } from './transcript.ts'
