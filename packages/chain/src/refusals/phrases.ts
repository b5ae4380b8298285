import type { Description, Words } from './Refusals.ts'

/** A refusal whose values say nothing to a person. */
export const plainly = (sentence: string, hint?: string) => (): Description => ({ sentence, ...(hint && { hint }) })

/** A refusal that only an error of ours can bring about. */
export const broken = (what: string) =>
  plainly(`${what}, expected this never to happen`, 'report it: it is an error of ours')

/** A refusal of whoever is not the one who may. */
export const onlyBy =
  (who: string) =>
  ({ text }: Words<'caller'>): Description => ({ sentence: `${text('caller')} calls, expected ${who}` })

/** A refusal of whoever speaks for a machine that is not theirs. */
export const onlyByMachine = ({ text }: Words<'machineId' | 'caller'>): Description => ({
  sentence: `${text('caller')} is neither owner nor key of machine ${text('machineId')}, expected one of them`,
  hint: 'use the wallet that holds the deed, or the machine’s key',
})
