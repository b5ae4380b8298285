import { BaseError } from '@hotaru/base'
import type { Row } from './Bench.ts'
import { figures } from './gasFigures.ts'

/** In which ledger a figure is taken: of one machine, lease and account, or of so many. */
export const sizes = ['', '.at1k', '.at100k'] as const

/** How much more a call may cost in a ledger of a hundred thousand: longer numbers in its calldata, and no more. */
const maxGrowth = 1.02

/** Figures that may grow by more, each with its reason. */
export const mayGrow: Record<string, string> = {}

/** The rows of the gas benchmark, from what the gas tests of the contracts wrote. */
export function gasRows(measured: Readonly<Record<string, number>>): Row[] {
  const known = withOpenClose(measured)
  const missing = Object.keys(figures)
    .flatMap((name) => sizes.map((size) => name + size))
    .filter((metric) => known[metric] === undefined)
  if (missing.length > 0) throw new FigureMissingError({ missing })
  return Object.entries(figures).flatMap(
    ([
      metric,
      {
        max,
        peers: [peer],
      },
    ]) => {
      const rows = sizes.map((size) => row(metric + size, known[metric + size] ?? Number.NaN, max))
      const growth = (known[`${metric}.at100k`] ?? Number.NaN) / (known[metric] ?? Number.NaN)
      const bar = metric in mayGrow ? {} : { bar: { max: maxGrowth } }
      const nearest = peer ? { peer: { name: peer.name, value: peer.value } } : {}
      return [
        ...rows.map((one) => ({ ...one, ...nearest })),
        { metric: `${metric}.growth`, value: growth, unit: '×', ...bar },
      ]
    },
  )
}

/** What a renter pays in gas for a whole lease. */
function withOpenClose(measured: Readonly<Record<string, number>>): Record<string, number> {
  const sums = sizes.flatMap((size) => {
    const [open, close] = [measured[`lease.open${size}`], measured[`lease.close${size}`]]
    return open === undefined || close === undefined ? [] : [[`lease.openClose${size}`, open + close]]
  })
  return { ...measured, ...Object.fromEntries(sums) }
}

function row(metric: string, value: number, max: number): Row {
  return { metric, value, unit: 'gas', bar: { max } }
}

class FigureMissingError extends BaseError {
  override readonly name = 'Bench.FigureMissingError'

  constructor({ missing }: { missing: readonly string[] }) {
    super(
      `Cannot measure gas: no figure for ${missing.join(', ')}, expected the tests in contracts/test/gas to write it`,
      {
        hint: 'a figure is the name that a test there gives to vm.snapshotGasLastCall',
      },
    )
  }
}
