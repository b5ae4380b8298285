import { createExaminee } from '../../src/exam/createExaminee.ts'
import { timeSprint } from '../../src/exam/timeSprint.ts'
import { createPacedBackend } from '../../src/testing/index.ts'
import { device, plan, type Stage } from './stage.ts'

/** There and back, to a device on the same continent. */
export const tripMs = 100

/** What a sprint says, in multiply-adds a second, of a machine that forwards it to the lab's device elsewhere. */
export async function sprintFarAway({ challenge, means, onMachine }: Stage): Promise<number> {
  const far = createExaminee(challenge, [createPacedBackend(device, means.clock)], onMachine)
  const proxy = {
    ...far,
    async sprint(asked: Parameters<typeof far.sprint>[0]) {
      means.clock.advance(tripMs)
      return far.sprint(asked)
    },
  }
  const sprint = await timeSprint(proxy, challenge, { plan, ...means })
  return 'fault' in sprint ? 0 : sprint.multiplyAddsPerSecond
}
