import { parentPort, workerData } from 'node:worker_threads'
import { answerChallenge, type Challenge, toAnswer, transcriptRoot } from '@hotaru/proof'

const challenge: Challenge = workerData.challenge
const rounds = answerChallenge(challenge)
parentPort?.postMessage({ answer: toAnswer(rounds, challenge), transcript: transcriptRoot(rounds) })
