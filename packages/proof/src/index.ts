export { answerChallenge } from './answerChallenge.ts'
export type { Backend, Memory, Walk } from './Backend.ts'
export { type Checker, referenceChecker } from './Checker.ts'
export {
  type Challenge,
  type ChallengeSize,
  InvalidSeedError,
  InvalidSizeError,
  multiplyAddsOf,
} from './challenge.ts'
export { createExaminee, type HonestExaminee } from './exam/createExaminee.ts'
export type { Examinee, LeavesAsked, SprintAsked, WalkAsked } from './exam/Examinee.ts'
export { type Asked, type ExamPlan, examine, type Means, type Measured } from './exam/examine.ts'
export { findAloneFault } from './exam/findAloneFault.ts'
export { type AloneAsked, type AloneShown, showAlone } from './exam/showAlone.ts'
export { sprintSizeFor } from './exam/sprintSizeFor.ts'
export { timeSprint } from './exam/timeSprint.ts'
export { walkLengthFor } from './exam/walkLengthFor.ts'
export { type Fault, findFault, findPickedFault, type WrongEntry } from './findFault.ts'
export type { Hex } from './hex.ts'
export { huntFault } from './huntFault.ts'
export { openEntries } from './openEntries.ts'
export { packOpenings, unpackOpenings } from './packOpenings.ts'
export { type PickedEntry, pickEntries, picksPerSlot } from './pickEntries.ts'
export type { Opening } from './product.ts'
export { createReferenceBackend } from './referenceBackend.ts'
export { type Answer, nextState, type Round, readAnswer, sprintSeed, startState, toAnswer } from './rounds.ts'
export { roundPath, transcriptRoot } from './transcript.ts'
export { findWalkFault } from './walk/findWalkFault.ts'
export { walkKey } from './walk/lane.ts'
export { type PickedSegment, pickSegments } from './walk/pickSegments.ts'
export { multiplyAddsPerHash, provedMemoryBytes } from './walk/provedMemoryBytes.ts'
export { checkWalkSize, memoryBytesOf, stepsOf, type WalkSize } from './walk/walkSize.ts'
