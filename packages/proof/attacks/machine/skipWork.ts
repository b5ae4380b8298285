import type { Backend } from '../../src/Backend.ts'
import { checkRecord } from '../../src/exam/checkRecord.ts'
import { createExaminee } from '../../src/exam/createExaminee.ts'
import { type Hex, toBytes, toHex } from '../../src/hex.ts'
import { makeRow } from '../../src/matrix.ts'
import { openLeaves, productRoot } from '../../src/product.ts'
import { createReferenceBackend } from '../../src/referenceBackend.ts'
import type { Attack } from '../Attack.ts'
import { n, stage } from './stage.ts'

/**
 * Leaves out a share of every product and puts zeros there, commits to what it has, and opens it honestly: so much faster
 * does it look.
 *
 * Predicted: each of 64 picks finds a right entry with 1 − x, so all of them with (1 − x)⁶⁴ (docs/proof.md, Picks). The
 * 64 stands here as a number, so that an exam that picks fewer is found out.
 */
export function skipWork(share: number): Attack {
  const entries = n * n
  const done = entries - Math.round(share * entries)
  return {
    name: `skips ${share * 100} % of every product`,
    defence: '64 picked entries',
    shows: 'caught',
    formula: '1 − (1 − x)⁶⁴',
    predicted: 1 - (done / entries) ** 64,
    trials: 180,
    async attempt(chance) {
      const { challenge, onMachine, posted } = stage(chance)
      const machine = createExaminee(challenge, [createSkippingBackend(done)], onMachine)
      return (await checkRecord(machine, challenge, posted)) ? 1 : 0
    },
  }
}

/** Makes the first `done` entries of a product, row by row. */
function createSkippingBackend(done: number): Backend {
  const multiply = (state: Hex, n: number) => {
    const right = Array.from({ length: n }, (_, column) => makeRow(toBytes(state), 1, column, n))
    const product = new Uint32Array(n * n)
    for (let row = 0; row * n < done; row++) {
      const left = makeRow(toBytes(state), 0, row, n)
      for (let column = 0; column < n && row * n + column < done; column++)
        product[row * n + column] = dot(left, right[column] as Uint8Array)
    }
    return product
  }
  return {
    ...createReferenceBackend(),
    productRoot: async (state, n) => toHex(productRoot(multiply(state, n))),
    openProduct: async (state, n, leaves) => openLeaves(multiply(state, n), leaves),
  }
}

function dot(a: Uint8Array, b: Uint8Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number)
  return sum
}
