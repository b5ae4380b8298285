import type { Verdict } from './Verdict.ts'

/** What was measured of network and disk, in bands. */
export type Measured = Pick<Extract<Verdict, { passed: true }>, 'network' | 'disk'>

/**
 * What a committee measured of a machine's network and disk: of each band the lower middle of those who measured it, as
 * Audits takes it of the class; 0 where nobody did.
 *
 * @param verdicts Those that were opened.
 */
export function readMeasured(verdicts: readonly Verdict[]): Measured {
  const passing = verdicts.filter((verdict) => verdict.passed)
  const middle = (bandOf: (measured: Measured) => number) => {
    const bands = passing.map(bandOf).filter((band) => band > 0)
    return bands.toSorted((a, b) => a - b)[Math.floor((bands.length - 1) / 2)] ?? 0
  }
  return {
    network: {
      rttBand: middle(({ network }) => network.rttBand),
      downBand: middle(({ network }) => network.downBand),
      upBand: middle(({ network }) => network.upBand),
    },
    disk: {
      writeBand: middle(({ disk }) => disk.writeBand),
      readBand: middle(({ disk }) => disk.readBand),
    },
  }
}
