import { createExaminee } from '../../src/exam/createExaminee.ts'
import { timeSprint } from '../../src/exam/timeSprint.ts'
import { createPacedBackend } from '../../src/testing/index.ts'
import type { Attack } from '../Attack.ts'
import { device, plan, stage } from './stage.ts'

/**
 * Works on the audit's seed, which is public from the seating on, long before it is asked, and has its answer at once.
 *
 * Predicted: it gains nothing. Only sprints are timed, and each begins with a nonce that nobody knew (docs/proof.md, A
 * sprint): it shows its own speed.
 */
export function workAhead(): Attack {
  return {
    name: 'works before it is asked',
    defence: 'only sprints are timed',
    shows: 'speed',
    formula: '1',
    predicted: 1,
    trials: 1,
    async attempt(chance) {
      const { challenge, means, onMachine } = stage(chance)
      const machine = createExaminee(challenge, [createPacedBackend(device, means.clock)], onMachine)
      await machine.record()
      const sprint = await timeSprint(machine, challenge, { plan, ...means })
      return 'fault' in sprint ? 0 : sprint.multiplyAddsPerSecond / device.multiplyAddsPerSecond
    },
  }
}
