import { formatBytes, formatRegion, fromBand, type Measured } from '@hotaru/protocol'
import type { MachineMeasured } from '@hotaru/sdk'
import { formatRate } from './formatRate.ts'
import { formatTime } from './formatTime.ts'

const notMeasured = 'not measured'

/** How far away, how fast the line and the disk: what the last committee that passed a machine saw. */
export function measuredFields(measured: MachineMeasured | undefined): (readonly [string, string])[] {
  if (!measured) return [['measured', notMeasured]]
  const { auditId, at, nearest, network, disk } = measured
  return [
    ['measured', `in audit ${auditId}, ${formatTime(at)}`],
    ['  away', nearest ? `${describeAway(nearest.rttBand)} (region: ${formatRegion(nearest.region)})` : notMeasured],
    ['  line', describeLine(network)],
    ['  disk', describeDisk(disk)],
  ]
}

/** A way there and back: `11 to 16 ms`. */
export function describeAway(rttBand: number): string {
  if (rttBand === 0) return notMeasured
  return `${Math.round(fromBand(rttBand))} to ${Math.round(fromBand(rttBand + 1))} ms`
}

/** What a line carries, as whoever looks at the machine sees it. */
export function describeLine({ downBand, upBand }: Measured['network']): string {
  return join([describeBytes(downBand, 'down from it'), describeBytes(upBand, 'up to it')])
}

/** What a disk does with written and flushed bytes, and with reads anywhere on it. */
export function describeDisk({ writeBand, readBand }: Measured['disk']): string {
  const reads = readBand === 0 ? undefined : `≥ ${formatRate(fromBand(readBand))} reads of 4 KiB a second`
  return join([describeBytes(writeBand, 'written'), reads])
}

function describeBytes(band: number, what: string): string | undefined {
  return band === 0 ? undefined : `≥ ${formatBytes(fromBand(band))} a second ${what}`
}

const join = (parts: (string | undefined)[]) => parts.filter(Boolean).join(', ') || notMeasured
