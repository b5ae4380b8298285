/**
 * Reads numbered things, newest first, in pages until `limit` of them fit: for a look at the last ones, not for statistics
 * over all.
 */
export async function walkBack<T>(
  last: bigint,
  read: (id: bigint) => Promise<T>,
  { fits, limit }: { fits: (one: T) => boolean; limit: number },
): Promise<T[]> {
  const found: T[] = []
  for (let id = last; id > 0n && found.length < limit; id -= pageLength) {
    const length = id < pageLength ? id : pageLength
    const ids = Array.from({ length: Number(length) }, (_, index) => id - BigInt(index))
    found.push(...(await Promise.all(ids.map(read))).filter(fits))
  }
  return found.slice(0, limit)
}

/** Reads made at the same moment travel as one request; public nodes take so many at once. */
const pageLength = 50n
