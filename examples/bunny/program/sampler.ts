/** Two numbers in [0, 1) at a time, stratified over the samples of a pixel. */
export type Sampler = {
  u: number
  v: number
  /** Starts sample `index` of the pixel with this seed. */
  start(pixelSeed: number, index: number): void
  /** Puts the next pair in `u` and `v`. */
  next(): void
}

/**
 * Makes a source of shuffled, scrambled Sobol points (Burley, "Practical Hash-based Owen Scrambling", 2020).
 *
 * Depends on nothing but the seed and the index, so every machine and every order of tiles gives the same
 * picture. The shader repeats these lines word for word.
 */
export function createSampler(): Sampler {
  let seed = 0
  let reversedIndex = 0
  let dimension = 0
  return {
    u: 0,
    v: 0,
    start(pixelSeed, index) {
      seed = pixelSeed
      reversedIndex = reverseBits(index)
      dimension = 0
    },
    next() {
      dimension++
      const pairSeed = hash(seed + Math.imul(dimension, 0x9e3779b9))
      const first = permute(reversedIndex, pairSeed)
      this.u = toUnit(scramble(first, hash(pairSeed ^ 0x68bc21eb)))
      this.v = toUnit(scramble(secondSobol(first), hash(pairSeed ^ 0x02e5be93)))
    },
  }
}

/** Mixes a pixel's place and the job's seed into one word. */
export function seedPixel(x: number, y: number, seed: number): number {
  return hash(hash(hash(seed) + x) + y)
}

/** PCG output permutation as a hash (Jarzynski and Olano, 2020). */
function hash(value: number): number {
  const state = (Math.imul(value, 747796405) + 2891336453) | 0
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737)
  return (word >>> 22) ^ word
}

/** Nested uniform permutation of reversed bits (Laine and Karras, 2011, with Vegdahl's constants). */
function permute(reversed: number, seed: number): number {
  let value = reversed
  value ^= Math.imul(value, 0x3d20adea)
  value = (value + seed) | 0
  value = Math.imul(value, (seed >>> 16) | 1)
  value ^= Math.imul(value, 0x05526c56)
  return value ^ Math.imul(value, 0x53a22864)
}

function scramble(value: number, seed: number): number {
  return reverseBits(permute(reverseBits(value), seed))
}

/** The second Sobol coordinate from the first: Pascal's triangle modulo 2 (Ahmed, 2024). */
function secondSobol(first: number): number {
  let value = first
  value ^= (value & 0x0000ffff) << 16
  value ^= (value & 0x00ff00ff) << 8
  value ^= (value & 0x0f0f0f0f) << 4
  value ^= (value & 0x33333333) << 2
  return value ^ ((value & 0x55555555) << 1)
}

function reverseBits(word: number): number {
  let value = (word << 16) | (word >>> 16)
  value = ((value & 0x00ff00ff) << 8) | ((value >>> 8) & 0x00ff00ff)
  value = ((value & 0x0f0f0f0f) << 4) | ((value >>> 4) & 0x0f0f0f0f)
  value = ((value & 0x33333333) << 2) | ((value >>> 2) & 0x33333333)
  return ((value & 0x55555555) << 1) | ((value >>> 1) & 0x55555555)
}

/** Twenty-four bits: what a 32-bit float holds exactly, so that both back ends draw the same numbers. */
function toUnit(word: number): number {
  return (word >>> 8) / 0x1000000
}
