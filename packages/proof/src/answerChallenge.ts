import type { Backend } from './Backend.ts'
import { type Challenge, checkChallenge } from './challenge.ts'
import { nextState, type Round, startState } from './rounds.ts'

/**
 * Answers a challenge: for each slot a chain of exact integer products, each made from the last one's root, so that
 * rounds cannot be shared out among machines. Slots work at the same time.
 *
 * What it returns is all that has to be kept to open entries later: products are made again when they are asked for.
 * `transcriptRoot` of it is posted, `toAnswer` of it is sent.
 *
 * @param backends What does the work; slot i is done by number i modulo how many there are.
 * @throws `Proof.InvalidSeedError`, `Proof.InvalidSizeError`, and the signal's reason when it is aborted between rounds.
 */
export async function answerChallenge(
  challenge: Challenge,
  backends: readonly Backend[],
  options: answerChallenge.Options = {},
): Promise<readonly Round[]> {
  checkChallenge(challenge)
  const slots = Array.from({ length: challenge.slots }, (_, slot) =>
    answerSlot(challenge, slot, backends[slot % backends.length] as Backend, options),
  )
  return (await Promise.all(slots)).flat()
}

export declare namespace answerChallenge {
  type Options = {
    /** An AbortSignal; looked at between rounds. */
    signal?: { throwIfAborted(): void } | undefined
    onRound?: ((round: Round) => void) | undefined
  }
}

async function answerSlot(
  challenge: Challenge,
  slot: number,
  backend: Backend,
  { signal, onRound }: answerChallenge.Options,
): Promise<Round[]> {
  const chain: Round[] = []
  let state = startState({ ...challenge, slot })
  for (let round = 0; round < challenge.rounds; round++) {
    signal?.throwIfAborted()
    const link = { slot, round, state, root: await backend.productRoot(state, challenge.n) }
    chain.push(link)
    onRound?.(link)
    state = nextState(link)
  }
  return chain
}
