import type { Backend } from '../Backend.ts'
import { type Hex, toBytes, toHex } from '../hex.ts'
import { multiply } from '../matrix.ts'
import { openLeaves, productRoot } from '../product.ts'
import { createReferenceBackend } from '../referenceBackend.ts'

/** A back end that is off by one in one entry of every product of `n` × `n`, commits to that and opens it; else honest. */
export function createLiarBackend({ n: lyingN, row, column }: { n: number; row: number; column: number }): Backend {
  const honest = createReferenceBackend()
  const lie = (state: Hex) => {
    const product = multiply(toBytes(state), lyingN)
    const at = row * lyingN + column
    product[at] = (product[at] as number) + 1
    return product
  }
  return {
    ...honest,
    name: 'liar',
    productRoot: async (state, n) => (n === lyingN ? toHex(productRoot(lie(state))) : honest.productRoot(state, n)),
    openProduct: async (state, n, leaves) =>
      n === lyingN ? openLeaves(lie(state), leaves) : honest.openProduct(state, n, leaves),
  }
}
