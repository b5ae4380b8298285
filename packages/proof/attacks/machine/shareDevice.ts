import { createExaminee } from '../../src/exam/createExaminee.ts'
import type { Examinee } from '../../src/exam/Examinee.ts'
import { timeSprint } from '../../src/exam/timeSprint.ts'
import { timeWalk } from '../../src/exam/timeWalk.ts'
import { memoryBytesOf } from '../../src/walk/walkSize.ts'
import type { Attack } from '../Attack.ts'
import { createCachingBackend } from './createCachingBackend.ts'
import { device, plan, type Stage, stage } from './stage.ts'

/**
 * Registers one device as two machines. `speed` or `memory` is what each of them shows, as a share of the device's.
 *
 * Predicted: examined at the same tick they share its time and its memory, and each shows half. Examined one after the
 * other each shows all: that is why machines that may be one device have to be examined at the same tick.
 */
export function shareDevice(shows: 'speed' | 'memory', when: 'at once' | 'in turn'): Attack {
  const isTogether = when === 'at once'
  const share = isTogether ? 1 / 2 : 1
  return {
    name: `${shows === 'speed' ? 'is one device as two' : 'sells one memory as two'}, asked ${when}`,
    defence: isTogether ? 'exams at the same tick' : 'nothing: hence the same tick',
    shows,
    formula: isTogether ? '1 / 2' : '1',
    predicted: share,
    trials: 1,
    async attempt(chance) {
      const scene = stage(chance)
      const meet = createMeeting(isTogether ? 2 : 1)
      const examine = async (number: bigint) => {
        const challenge = { ...scene.challenge, machineId: scene.challenge.machineId + number }
        const backend = createCachingBackend(device, { clock: scene.means.clock, held: share, slowing: 1 })
        const machine = meetFirst(createExaminee(challenge, [backend], scene.onMachine), meet)
        return (shows === 'speed' ? showSpeed : showMemory)(machine, { ...scene, challenge }, share)
      }
      const [one, other] = isTogether
        ? await Promise.all([examine(0n), examine(1n)])
        : [await examine(0n), await examine(1n)]
      return (one + other) / 2
    },
  }
}

async function showSpeed(machine: Examinee, { challenge, means }: Stage): Promise<number> {
  const sprint = await timeSprint(machine, challenge, { plan, ...means })
  return 'fault' in sprint ? 0 : sprint.multiplyAddsPerSecond / device.multiplyAddsPerSecond
}

/** The sprint before it has shown `speed`. */
async function showMemory(machine: Examinee, { challenge, means, onMachine }: Stage, speed: number): Promise<number> {
  const multiplyAddsPerSecond = speed * device.multiplyAddsPerSecond
  const walk = await timeWalk(machine, challenge, { plan, multiplyAddsPerSecond, ...means })
  return 'fault' in walk ? 0 : walk.memoryBytes / memoryBytesOf({ cells: onMachine.maxCells })
}

/** The machine begins what is timed when the other one was asked too: the same tick. */
function meetFirst(machine: Examinee, meet: () => Promise<void>): Examinee {
  return {
    ...machine,
    sprint: (asked) => meet().then(() => machine.sprint(asked)),
    fill: (size) => meet().then(() => machine.fill(size)),
    walk: (asked) => meet().then(() => machine.walk(asked)),
  }
}

/** Lets nobody on before `count` are there, again and again. */
function createMeeting(count: number): () => Promise<void> {
  let waiting: (() => void)[] = []
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (waiting.length < count) return
      for (const go of waiting) go()
      waiting = []
    })
}
