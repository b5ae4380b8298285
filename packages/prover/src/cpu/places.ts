/** Counters that the threads of a team share, 32 bits each; a job begins with all at 0. `done` counts who did his share. */
export const counters = { at: 0, count: 16, done: 15 }

/** A round's state, or the key and nonce of a walk. */
export const namesAt = 64

/** The first place that is free: behind the kernel's constants, which lie at 1024. */
export const freeAt = 2048

/** What a thread hashes in: two states of keccak, twice; 8 bytes for each of 32 lanes that it walks; whole cache lines. */
export const scratchBytes = 1088

/** Lanes that a thread walks at a time: more cells than a processor fetches at once. */
export const groupLanes = 32

/** The next place that begins a cache line. */
export function align(at: number): number {
  return Math.ceil(at / 64) * 64
}

/** What memory grows by. */
export const pageBytes = 65_536

/** One page less than 4 GiB, so that every place and every length fits into 32 bits; `renderKernel` says it too. */
export const mostBytes = 65_535 * pageBytes
