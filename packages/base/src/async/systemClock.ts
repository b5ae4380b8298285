import type { Clock } from '../Clock.ts'

/** The machine's own clock. Its timers do not keep a process alive by themselves past their run. */
export const systemClock: Clock = {
  unixMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
