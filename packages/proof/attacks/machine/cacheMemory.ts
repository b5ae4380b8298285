import { createExaminee } from '../../src/exam/createExaminee.ts'
import { timeWalk } from '../../src/exam/timeWalk.ts'
import { memoryBytesOf } from '../../src/walk/walkSize.ts'
import type { Attack } from '../Attack.ts'
import { createCachingBackend } from './createCachingBackend.ts'
import { device, plan, stage } from './stage.ts'

/**
 * Holds a share m of the memory that it sells, and makes the other cells when they are read.
 *
 * Predicted: t = (1 − m) · reads · hashes / r seconds go into the cells that are missing, so that 1 − r · t / (reads ·
 * hashes) = m is proved (docs/proof.md, The walk): what it holds, and not more.
 *
 * @param slowing It sprints and fills so many times slower than it could, so that the exam believes in a smaller r. Then
 * 1 − (1 − m) / slowing is proved: more than it holds, at the price of a class that says so many times slower.
 */
export function cacheMemory(held: number, slowing = 1): Attack {
  return {
    name: `holds ${held * 100} % of its memory${slowing > 1 ? `, plays ${slowing} times slower` : ''}`,
    defence: slowing > 1 ? 'its own compute class, so much lower' : 'making cells takes time',
    shows: 'memory',
    formula: slowing > 1 ? '1 − (1 − m) / s' : 'm',
    predicted: 1 - (1 - held) / slowing,
    trials: 1,
    async attempt(chance) {
      const { challenge, means, onMachine } = stage(chance)
      const backend = createCachingBackend(device, { clock: means.clock, held, slowing })
      const machine = createExaminee(challenge, [backend], onMachine)
      const multiplyAddsPerSecond = device.multiplyAddsPerSecond / slowing
      const walk = await timeWalk(machine, challenge, { plan, multiplyAddsPerSecond, ...means })
      return 'fault' in walk ? 0 : walk.memoryBytes / memoryBytesOf({ cells: onMachine.maxCells })
    },
  }
}
