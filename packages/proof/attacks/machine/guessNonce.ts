import { createExaminee } from '../../src/exam/createExaminee.ts'
import { findPickedFault } from '../../src/findFault.ts'
import { unpackOpenings } from '../../src/packOpenings.ts'
import { pickEntries } from '../../src/pickEntries.ts'
import { createReferenceBackend } from '../../src/referenceBackend.ts'
import { sprintSeed } from '../../src/rounds.ts'
import type { Attack } from '../Attack.ts'
import { stage } from './stage.ts'

/**
 * Prepares sprints for nonces that it guesses, and gives one of them at once when it is asked with another: as fast as it
 * likes to look.
 *
 * Predicted: always caught. A guess hits one of 2²⁵⁶ nonces, and the work of another opens to wrong entries.
 */
export function guessNonce(): Attack {
  return {
    name: 'guesses the nonce of a sprint',
    defence: '64 picked entries of the sprint',
    shows: 'caught',
    formula: '1 − g / 2²⁵⁶',
    predicted: 1,
    trials: 30,
    async attempt(chance) {
      const { challenge, onMachine } = stage(chance)
      const machine = createExaminee(challenge, [createReferenceBackend()], onMachine)
      const guessed = chance.random32()
      const prepared = await machine.sprint({ ...challenge, nonce: guessed })

      const [nonce, pickSeed] = [chance.random32(), chance.random32()]
      const asked = { ...challenge, seed: sprintSeed(challenge.seed, nonce) }
      const picks = pickEntries(pickSeed, asked)
      const openings = unpackOpenings(await machine.openSprint(guessed, pickSeed), picks.length)
      return findPickedFault(asked, prepared, { picks, openings }) ? 1 : 0
    },
  }
}
