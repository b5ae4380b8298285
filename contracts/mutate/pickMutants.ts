/** `count` of the items by chance, in their order; the same for the same seed. */
export function pickMutants<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const random = mulberry32(seed)
  const drawn = items.map((_, index) => ({ index, ticket: random() })).toSorted((a, b) => a.ticket - b.ticket)
  const chosen = new Set(drawn.slice(0, count).map(({ index }) => index))
  return items.filter((_, index) => chosen.has(index))
}

/** A small generator of numbers in [0, 1), by Tommy Ettinger: good enough to draw lots. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
