import type { Clock } from '@hotaru/base'

/** Unix time that never jumps while the process lives: wall time at the start, and monotonic time from there. */
export type SteadyClock = { unixMs(): number }

/** Ties wall time to the monotonic clock once, so that a set clock can neither end a lease early nor prolong it. */
export function steadyClock(clock: Clock): SteadyClock {
  const offsetMs = clock.unixMs() - clock.monotonicMs()
  return { unixMs: () => offsetMs + clock.monotonicMs() }
}
