import type { Attack } from '../Attack.ts'
import { sprintFarAway, tripMs } from './sprintFarAway.ts'
import { device, stage } from './stage.ts'

/**
 * Has no device of its own and forwards all work to one elsewhere.
 *
 * Predicted: the exam cannot tell. It shows the other's speed less the way there and back, t / (t + trip), t being the
 * seconds of the sprint that this device is asked for: 4 · 256³ multiply-adds. What is left is not timing: exams that
 * nobody announced, leases in which nothing can leave the machine, the renter's first ten minutes.
 */
export function forwardWork(): Attack {
  const seconds = (4 * 256 ** 3) / device.multiplyAddsPerSecond
  return {
    name: 'forwards to a device elsewhere',
    defence: 'not the exam: leases without a way out',
    shows: 'speed',
    formula: 't / (t + trip)',
    predicted: seconds / (seconds + tripMs / 1000),
    trials: 1,
    attempt: async (chance) => (await sprintFarAway(stage(chance))) / device.multiplyAddsPerSecond,
  }
}
