import type { Class } from './Class.ts'
import type { Verdict } from './Verdict.ts'

/** What a committee measured: of a machine's class, and of its network and disk in bands. */
export type Measured = Pick<Extract<Verdict, { passed: true }>, 'network' | 'disk'> & {
  /** Undefined when nobody passed it. The ledger's has no more slots than the machine. */
  class: Class | undefined
}

/**
 * What a committee measured of a machine: of each part of the class the lower middle, as Audits takes it; of each band of
 * network and disk that of those who measured it, 0 where nobody did.
 *
 * @param verdicts Those that were opened.
 */
export function readMeasured(verdicts: readonly Verdict[]): Measured {
  const passing = verdicts.filter((verdict) => verdict.passed)
  const middle = (read: (verdict: (typeof passing)[number]) => number) => lowerMiddle(passing.map(read)) ?? 0
  const middleBand = (read: (verdict: (typeof passing)[number]) => number) =>
    lowerMiddle(passing.map(read).filter((band) => band > 0)) ?? 0
  return {
    class:
      passing.length === 0
        ? undefined
        : {
            kind: middle((verdict) => (verdict.class.kind === 'cpu' ? 0 : 1)) === 0 ? 'cpu' : 'gpu',
            computeBand: middle((verdict) => verdict.class.computeBand),
            memoryBand: middle((verdict) => verdict.class.memoryBand),
            slots: middle((verdict) => verdict.class.slots),
          },
    network: {
      rttBand: middleBand(({ network }) => network.rttBand),
      downBand: middleBand(({ network }) => network.downBand),
      upBand: middleBand(({ network }) => network.upBand),
    },
    disk: {
      writeBand: middleBand(({ disk }) => disk.writeBand),
      readBand: middleBand(({ disk }) => disk.readBand),
    },
  }
}

const lowerMiddle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]
