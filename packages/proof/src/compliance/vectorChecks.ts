import vectors from '../../vectors/proof.json' with { type: 'json' }
import type { Backend } from '../Backend.ts'
import type { Hex } from '../hex.ts'

/** One thing that a back end must get right to the byte: says what differs by throwing. */
export type VectorCheck = { name: string; run: (backend: Backend) => Promise<void> }

/** The numbers of `vectors/proof.json`, as checks that any back end can be put through. */
export const vectorChecks: readonly VectorCheck[] = [
  ...vectors.challenges.map(({ n, rounds, states, roots }) => ({
    name: `products of ${n} × ${n}, ${rounds} rounds`,
    run: async (backend: Backend) => {
      for (const [at, state] of states.entries())
        assertSame(`root ${at}`, await backend.productRoot(state as Hex, n), roots[at])
    },
  })),
  ...vectors.challenges.map(({ n, rounds, states, openings }) => ({
    name: `leaves of products of ${n} × ${n}`,
    run: async (backend: Backend) => {
      for (const { slot, round, row, column, leaf, leafPath } of openings) {
        const [state, index] = [states[slot * rounds + round] as Hex, Math.floor((row * n + column) / 256)]
        assertSame(`leaf ${index}`, await backend.openProduct(state, n, [index]), [{ leaf, leafPath }])
      }
    },
  })),
  ...vectors.walks.map(({ key, nonce, size, root, lanes, openings }) => ({
    name: `a walk through ${size.cells} cells of ${size.hashes} hashes, ${size.lanes} lanes`,
    run: async (backend: Backend) => {
      const memory = await backend.fill(key as Hex, size)
      const walk = await memory.walk(nonce as Hex, size)
      assertSame('root', walk.root, root)
      assertSame('openings', await walk.openLanes(lanes), openings)
      await memory.free()
    },
  })),
]

function assertSame(what: string, found: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)]
  if (one !== other) throw new Error(`Cannot agree on ${what}: it is ${cut(one)}, expected ${cut(other)}`)
}

const cut = (text: string) => (text.length > 160 ? `${text.slice(0, 160)}…` : text)
