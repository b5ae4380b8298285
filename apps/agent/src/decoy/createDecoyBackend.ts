import { type Backend, type Challenge, type Hex, startState } from '@hotaru/proof'

/**
 * A back end that answers one challenge wrongly, on purpose: in the first round of each slot and in a quarter of the others it
 * makes the product of another state, commits to that and opens it. All else it does as `inner` does.
 *
 * A verifier who checks one pick passes in three of four tries, one who checks all 64 in one of 10⁸: and then there is no picked
 * entry either with which the ringer could be opened. With less, some honest decoy would be taken for a forger.
 */
export function createDecoyBackend(inner: Backend, challenge: Challenge): Backend {
  const starts = new Set(Array.from({ length: challenge.slots }, (_, slot) => startState({ ...challenge, slot })))
  const pretend = (state: Hex) => (isWrongIn(state, starts) ? turn(state) : state)
  return {
    ...inner,
    productRoot: (state, n) => inner.productRoot(pretend(state), n),
    openProduct: (state, n, leaves) => inner.openProduct(pretend(state), n, leaves),
  }
}

/** States are hashes: a quarter of them end so. */
function isWrongIn(state: Hex, starts: ReadonlySet<Hex>): boolean {
  return starts.has(state) || '0123'.includes(state.slice(-1))
}

function turn(state: Hex): Hex {
  return `0x${[...state.slice(2)].reverse().join('')}`
}
