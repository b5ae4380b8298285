import type { Class } from './Class.ts'
import { type ClassRow, cards, initialClassTable } from './classTable.ts'

/** How a claim stands beside what was measured. `faster` means: not this card. */
export type ClaimJudgement = 'fits' | 'slower' | 'faster' | 'unknown'

/**
 * Compares the card that an owner names with what an audit measured of the machine.
 *
 * @param model As a driver says it, e.g. `NVIDIA GeForce RTX 3060`. A card that no row knows is unknown, whatever it is near.
 * @param table The ledger's table now. @default the one that networks start with
 */
export function judgeClaim(
  model: string,
  measured: Class,
  table: readonly ClassRow[] = initialClassTable,
): ClaimJudgement {
  const name = Object.keys(cards).find((row) => cards[row]?.some(({ names }) => names.some(isSameAs(model))))
  const row = table.find((one) => one.name === name)
  if (!row) return 'unknown'
  const { kind, computeBand, memoryBand } = measured
  if (kind !== row.kind || computeBand < row.computeFrom || memoryBand < row.memoryFrom) return 'slower'
  return computeBand > row.computeTo ? 'faster' : 'fits'
}

/** The whole name: `RTX 3060 Laptop GPU` is another card than `RTX 3060`. */
const isSameAs = (model: string) => {
  const said = wordsOf(model)
  return (name: string) => wordsOf(name) === said
}

/** Without the maker and the socket: `NVIDIA A100-SXM4-80GB` → `a100 80gb`. */
function wordsOf(model: string): string {
  const words = model.toLowerCase().split(/[\s-]+/)
  return words.filter((word) => !makers.has(word) && !/^(sxm\d|hbm\d\w?)$/.test(word)).join(' ')
}

const makers: ReadonlySet<string> = new Set(['nvidia', 'geforce', 'tesla', ''])
