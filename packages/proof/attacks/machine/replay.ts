import { answerChallenge } from '../../src/answerChallenge.ts'
import { checkRecord } from '../../src/exam/checkRecord.ts'
import { createExaminee } from '../../src/exam/createExaminee.ts'
import { openEntries } from '../../src/openEntries.ts'
import { packOpenings } from '../../src/packOpenings.ts'
import { pickEntries } from '../../src/pickEntries.ts'
import { createReferenceBackend } from '../../src/referenceBackend.ts'
import { type Round, readAnswer, toAnswer } from '../../src/rounds.ts'
import type { Attack } from '../Attack.ts'
import { stage } from './stage.ts'

/**
 * Gives the roots that one machine worked for as the answer of another, chained anew under its number, and opens the first
 * one's products: two machines for the work of one.
 *
 * Predicted: always caught. A slot's first state names its machine (docs/proof.md, The chain of a slot), so every entry
 * is one of other matrices; that all 64 picks agree by chance is out of reach.
 */
export function replay(): Attack {
  return {
    name: "gives another machine's answer",
    defence: 'its number is in the chain',
    shows: 'caught',
    formula: '1',
    predicted: 1,
    trials: 30,
    async attempt(chance) {
      const { challenge, onMachine, posted } = stage(chance)
      const backends = [createReferenceBackend()]
      const other = { ...challenge, machineId: challenge.machineId + 1n }
      const rounds = await answerChallenge(other, backends)
      const answer = toAnswer(rounds, other)
      const machine = {
        ...createExaminee(challenge, backends, onMachine),
        record: async () => {
          await onMachine.post(readAnswer(challenge, answer) as readonly Round[])
          return answer
        },
        openRecord: async (pickSeed: `0x${string}`) =>
          packOpenings(await openEntries(other, rounds, pickEntries(pickSeed, other), backends)),
      }
      return (await checkRecord(machine, challenge, posted)) ? 1 : 0
    },
  }
}
