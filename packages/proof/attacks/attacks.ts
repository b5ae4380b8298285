import type { Attack } from './Attack.ts'
import { copyVote } from './committee/copyVote.ts'
import { passUnseen } from './committee/passUnseen.ts'
import { preventVerdict } from './committee/preventVerdict.ts'
import { staySilent } from './committee/staySilent.ts'
import { turnVerdict } from './committee/turnVerdict.ts'
import { cacheMemory } from './machine/cacheMemory.ts'
import { claimLess } from './machine/claimLess.ts'
import { forwardWork } from './machine/forwardWork.ts'
import { guessNonce } from './machine/guessNonce.ts'
import { honest } from './machine/honest.ts'
import { replay } from './machine/replay.ts'
import { shareDevice } from './machine/shareDevice.ts'
import { skipWork } from './machine/skipWork.ts'
import { workAhead } from './machine/workAhead.ts'

/** Every cheat of the lab: those of machines, then those of verifiers. */
export const attacks: readonly Attack[] = [
  honest(),
  skipWork(0.01),
  skipWork(0.05),
  skipWork(0.1),
  replay(),
  guessNonce(),
  workAhead(),
  cacheMemory(0.25),
  cacheMemory(0.75),
  cacheMemory(0.5, 10),
  shareDevice('speed', 'at once'),
  shareDevice('memory', 'at once'),
  shareDevice('speed', 'in turn'),
  forwardWork(),
  claimLess(),
  turnVerdict(0.2),
  turnVerdict(0.33),
  preventVerdict(0.2),
  copyVote('commitment'),
  copyVote('vote'),
  passUnseen(10),
  passUnseen(30),
  staySilent(0.1, 'caught'),
  staySilent(0.1, 'verdict'),
]
