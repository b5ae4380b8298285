import { parentPort, workerData } from 'node:worker_threads'
import { answerChallenge } from '@hotaru/proof'

parentPort?.postMessage(answerChallenge(workerData.seed))
