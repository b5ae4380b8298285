export {
  type Answer,
  answerChallenge,
  type ChallengeSize,
  cpuChallenge,
  findFault,
  InvalidSeedError,
  multiplyAddsOf,
} from './challenge.ts'
