/**
 * Rows of a round's product, `rows` (a multiple of 4) × `n` entries of 4 bytes, big-endian, row by row. Both factors lie
 * as `makeRows` writes them.
 *
 * Entries are below 2⁷: two products fit into 16 bits with a sign, which is what makes relaxed dot products exact.
 */
export function multiply(a: usize, b: usize, rows: u32, n: u32, out: usize): void {
  for (let k: u32 = 0; k < n; k += tileDepth) {
    const depth = min(tileDepth, n - k)
    for (let column: u32 = 0; column < n; column += 4) {
      for (let row: u32 = 0; row < rows; row += 2) {
        const from = a + (row >> 2) * 4 * n + 4 * k + (row & 2) * 16
        addTile(from, b + column * n + 4 * k, 4 * depth, out + 4 * (row * n + column), 4 * n, k === 0, k + depth === n)
      }
    }
  }
}

/** So many entries of four columns, 8 KiB, stay in the first cache while the rows of A pass by. */
const tileDepth: u32 = 2048

/** Two rows times four columns: eight sums and what they are made from are all that 16 registers hold. */
function addTile(a: usize, b: usize, bytes: u32, out: usize, rowBytes: u32, isFirst: bool, isLast: bool): void {
  let s00 = i64x2.splat(0)
  let s01 = s00
  let s02 = s00
  let s03 = s00
  let s10 = s00
  let s11 = s00
  let s12 = s00
  let s13 = s00
  for (const end = b + bytes; b < end; b += 64, a += 64) {
    const upper = v128.load(a)
    const lower = v128.load(a, 16)
    let column = v128.load(b)
    s00 = i32x4.relaxed_dot_i8x16_i7x16_add_s(upper, column, s00)
    s10 = i32x4.relaxed_dot_i8x16_i7x16_add_s(lower, column, s10)
    column = v128.load(b, 16)
    s01 = i32x4.relaxed_dot_i8x16_i7x16_add_s(upper, column, s01)
    s11 = i32x4.relaxed_dot_i8x16_i7x16_add_s(lower, column, s11)
    column = v128.load(b, 32)
    s02 = i32x4.relaxed_dot_i8x16_i7x16_add_s(upper, column, s02)
    s12 = i32x4.relaxed_dot_i8x16_i7x16_add_s(lower, column, s12)
    column = v128.load(b, 48)
    s03 = i32x4.relaxed_dot_i8x16_i7x16_add_s(upper, column, s03)
    s13 = i32x4.relaxed_dot_i8x16_i7x16_add_s(lower, column, s13)
  }
  put(out, sums(s00, s01, s02, s03), isFirst, isLast)
  put(out + rowBytes, sums(s10, s11, s12, s13), isFirst, isLast)
}

function put(out: usize, sum: v128, isFirst: bool, isLast: bool): void {
  if (!isFirst) sum = i32x4.add(sum, v128.load(out))
  if (isLast) sum = v128.shuffle<u8>(sum, sum, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
  v128.store(out, sum)
}

/** The sum of each of four vectors. */
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 1, 4, 5), v128.shuffle<i32>(a, b, 2, 3, 6, 7))
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 1, 4, 5), v128.shuffle<i32>(c, d, 2, 3, 6, 7))
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 2, 4, 6), v128.shuffle<i32>(ab, cd, 1, 3, 5, 7))
}
