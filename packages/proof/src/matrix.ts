import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes } from '@noble/hashes/utils.js'

/** Which of the two matrices of a round a row belongs to. */
export type Side = 0 | 1

/**
 * Row `row` of a round's matrix: `n` entries of 7 bits, 32 from each keccak-256 of (state ‖ side ‖ row ‖ block).
 *
 * Any row can be made alone, by a verifier or by a contract; 7 bits fit signed int8 units and need no sign handling.
 * `side` is one byte, `row` and `block` are four bytes each, big-endian. Where n is 16, a row is the first half of one
 * hash.
 */
export function makeRow(state: Uint8Array, side: Side, row: number, n: number): Uint8Array {
  const entries = new Uint8Array(n)
  const message = concatBytes(state, new Uint8Array(9))
  const view = new DataView(message.buffer, state.length)
  view.setUint8(0, side)
  view.setUint32(1, row)
  for (let block = 0; block * 32 < n; block++) {
    view.setUint32(5, block)
    entries.set(keccak_256(message).subarray(0, n), block * 32)
  }
  return entries.map((entry) => entry & 0x7f)
}

/**
 * The product of a round, C[i][j] = Σ A[i][k] · B[j][k], as `n` × `n` unsigned 32-bit integers, row by row.
 * B is addressed by its columns, so both factors read rows. Exact: n · 127² < 2³¹ for n ≤ 65 536.
 */
export function multiply(state: Uint8Array, n: number): Uint32Array {
  const left = Array.from({ length: n }, (_, row) => makeRow(state, 0, row, n))
  const right = Array.from({ length: n }, (_, row) => makeRow(state, 1, row, n))
  const product = new Uint32Array(n * n)
  left.forEach((a, i) => {
    right.forEach((b, j) => {
      product[i * n + j] = dot(a, b)
    })
  })
  return product
}

/** One entry of a round's product, without the others: 2 · n / 32 hashes. */
export function makeEntry(state: Uint8Array, { row, column }: { row: number; column: number }, n: number): number {
  return dot(makeRow(state, 0, row, n), makeRow(state, 1, column, n))
}

function dot(a: Uint8Array, b: Uint8Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number)
  return sum
}
