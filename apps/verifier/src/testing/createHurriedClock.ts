import type { Clock } from '@hotaru/base'
import { systemClock } from '@hotaru/base/async'

/** The system's clock, so many times as fast: what waits a minute in life is over in a second of a test. */
export function createHurriedClock(speed: number): Clock {
  return {
    unixMs: () => systemClock.unixMs(),
    monotonicMs: () => systemClock.monotonicMs() * speed,
    after: (delayMs, run) => systemClock.after(delayMs / speed, run),
  }
}
