import { checkRecord } from '../../src/exam/checkRecord.ts'
import { createExaminee } from '../../src/exam/createExaminee.ts'
import { createReferenceBackend } from '../../src/referenceBackend.ts'
import type { Attack } from '../Attack.ts'
import { stage } from './stage.ts'

/** No cheat: what the others are compared with. Predicted: never caught. */
export function honest(): Attack {
  return {
    name: 'does all of it',
    defence: 'nothing to find',
    shows: 'caught',
    formula: '0',
    predicted: 0,
    trials: 30,
    async attempt(chance) {
      const { challenge, onMachine, posted } = stage(chance)
      const machine = createExaminee(challenge, [createReferenceBackend()], onMachine)
      return (await checkRecord(machine, challenge, posted)) ? 1 : 0
    },
  }
}
