import { toBand } from '@hotaru/protocol'
import type { Attack } from '../Attack.ts'
import { sprintFarAway } from './sprintFarAway.ts'
import { device, stage } from './stage.ts'

/**
 * Forwards to a device elsewhere that is twice as fast as the card that it claims.
 *
 * Predicted: always caught, for it shows a higher band than that card has. A device that is not a whole band faster, √2
 * times, the trip taken off, shows nothing.
 */
export function claimLess(): Attack {
  return {
    name: 'forwards to one faster than it claims',
    defence: "a band above its card's",
    shows: 'caught',
    formula: '1',
    predicted: 1,
    trials: 1,
    async attempt(chance) {
      const shown = await sprintFarAway(stage(chance))
      return toBand(shown) > toBand(device.multiplyAddsPerSecond / 2) ? 1 : 0
    },
  }
}
