import { stateBytes } from './state'

/**
 * Keccak-f[1600] on two states at once: word i of both lies in the i-th v128 at `state`, 25 of them. The 400 bytes
 * behind them are overwritten: a state does not fit into 16 registers, and goes to and fro between the two.
 *
 * c are the parities of the columns, gathered while the round before is written; b is a row of the plane that rho and pi
 * make (FIPS 202, 3.2).
 */
export function permute(state: usize): void {
  let from = state
  let to = state + stateBytes
  let c0 = parity(state, 0)
  let c1 = parity(state, 1)
  let c2 = parity(state, 2)
  let c3 = parity(state, 3)
  let c4 = parity(state, 4)
  for (let constant = roundConstants; constant < roundConstants + 192; constant += 8) {
    const d0 = v128.xor(c4, rotate(c1, 1))
    const d1 = v128.xor(c0, rotate(c2, 1))
    const d2 = v128.xor(c1, rotate(c3, 1))
    const d3 = v128.xor(c2, rotate(c4, 1))
    const d4 = v128.xor(c3, rotate(c0, 1))

    let b0 = v128.xor(v128.load(from), d0)
    let b1 = lane(from, 6, d1, 44)
    let b2 = lane(from, 12, d2, 43)
    let b3 = lane(from, 18, d3, 21)
    let b4 = lane(from, 24, d4, 14)
    c0 = put(to, 0, v128.xor(chi(b0, b1, b2), v128.load64_splat(constant)))
    c1 = put(to, 1, chi(b1, b2, b3))
    c2 = put(to, 2, chi(b2, b3, b4))
    c3 = put(to, 3, chi(b3, b4, b0))
    c4 = put(to, 4, chi(b4, b0, b1))

    b0 = lane(from, 3, d3, 28)
    b1 = lane(from, 9, d4, 20)
    b2 = lane(from, 10, d0, 3)
    b3 = lane(from, 16, d1, 45)
    b4 = lane(from, 22, d2, 61)
    c0 = v128.xor(c0, put(to, 5, chi(b0, b1, b2)))
    c1 = v128.xor(c1, put(to, 6, chi(b1, b2, b3)))
    c2 = v128.xor(c2, put(to, 7, chi(b2, b3, b4)))
    c3 = v128.xor(c3, put(to, 8, chi(b3, b4, b0)))
    c4 = v128.xor(c4, put(to, 9, chi(b4, b0, b1)))

    b0 = lane(from, 1, d1, 1)
    b1 = lane(from, 7, d2, 6)
    b2 = lane(from, 13, d3, 25)
    b3 = lane(from, 19, d4, 8)
    b4 = lane(from, 20, d0, 18)
    c0 = v128.xor(c0, put(to, 10, chi(b0, b1, b2)))
    c1 = v128.xor(c1, put(to, 11, chi(b1, b2, b3)))
    c2 = v128.xor(c2, put(to, 12, chi(b2, b3, b4)))
    c3 = v128.xor(c3, put(to, 13, chi(b3, b4, b0)))
    c4 = v128.xor(c4, put(to, 14, chi(b4, b0, b1)))

    b0 = lane(from, 4, d4, 27)
    b1 = lane(from, 5, d0, 36)
    b2 = lane(from, 11, d1, 10)
    b3 = lane(from, 17, d2, 15)
    b4 = lane(from, 23, d3, 56)
    c0 = v128.xor(c0, put(to, 15, chi(b0, b1, b2)))
    c1 = v128.xor(c1, put(to, 16, chi(b1, b2, b3)))
    c2 = v128.xor(c2, put(to, 17, chi(b2, b3, b4)))
    c3 = v128.xor(c3, put(to, 18, chi(b3, b4, b0)))
    c4 = v128.xor(c4, put(to, 19, chi(b4, b0, b1)))

    b0 = lane(from, 2, d2, 62)
    b1 = lane(from, 8, d3, 55)
    b2 = lane(from, 14, d4, 39)
    b3 = lane(from, 15, d0, 41)
    b4 = lane(from, 21, d1, 2)
    c0 = v128.xor(c0, put(to, 20, chi(b0, b1, b2)))
    c1 = v128.xor(c1, put(to, 21, chi(b1, b2, b3)))
    c2 = v128.xor(c2, put(to, 22, chi(b2, b3, b4)))
    c3 = v128.xor(c3, put(to, 23, chi(b3, b4, b0)))
    c4 = v128.xor(c4, put(to, 24, chi(b4, b0, b1)))

    const written = to
    to = from
    from = written
  }
}

/** What iota adds, round by round: FIPS 202, 3.2.5. */
const roundConstants = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
  0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
  0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
  0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
])

function parity(state: usize, x: usize): v128 {
  const at = state + 16 * x
  const half = v128.xor(v128.xor(v128.load(at), v128.load(at, 80)), v128.xor(v128.load(at, 160), v128.load(at, 240)))
  return v128.xor(half, v128.load(at, 320))
}

function lane(from: usize, word: usize, parity: v128, bits: i32): v128 {
  return rotate(v128.xor(v128.load(from + 16 * word), parity), bits)
}

function rotate(word: v128, bits: i32): v128 {
  return v128.or(i64x2.shl(word, bits), i64x2.shr_u(word, 64 - bits))
}

function chi(a: v128, b: v128, c: v128): v128 {
  return v128.xor(a, v128.andnot(c, b))
}

function put(to: usize, word: usize, value: v128): v128 {
  v128.store(to + 16 * word, value)
  return value
}
