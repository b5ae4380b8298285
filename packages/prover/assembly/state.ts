/** Bytes of two states of keccak, word by word: 25 v128. */
export const stateBytes: usize = 400

/** Words of a block of 136 bytes. */
export const blockWords: u32 = 17

/** The end of the padding, in the last word of a block. */
export const lastBit: u64 = 0x8000000000000000

/**
 * Ends the message of one block in both states.
 *
 * @param words How many words are set.
 * @param tail What follows them: the rest of the message and the bit 1 behind it.
 */
export function endBlock(state: usize, words: u32, tail: v128): void {
  v128.store(state + 16 * words, tail)
  for (let at = state + 16 * words + 16; at < state + stateBytes; at += 16) v128.store(at, i64x2.splat(0))
  v128.store(state + 16 * (blockWords - 1), i64x2.splat(lastBit))
}

/** Begins the message of both states with `words` words of 8 bytes. */
export function beginBlock(state: usize, from: usize, words: u32): void {
  for (let word: u32 = 0; word < words; word++) v128.store(state + 16 * word, v128.load64_splat(from + 8 * word))
}

/** Words `word` and the next of one of the two states. */
export function readWords(state: usize, half: u32, word: u32): v128 {
  const at = state + 16 * word + 8 * half
  return v128.load64_lane(at + 16, v128.load64_zero(at), 1)
}

/** Writes the hash that one of the two states holds: 32 bytes. */
export function putHash(out: usize, state: usize, half: u32): void {
  v128.store(out, readWords(state, half, 0))
  v128.store(out, readWords(state, half, 2), 16)
}
