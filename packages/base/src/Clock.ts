/**
 * Time as an argument. Production uses `systemClock` of `@hotaru/base/async`, tests and the simulator a manual one.
 */
export type Clock = {
  /** Wall time in milliseconds since 1970; may jump. */
  unixMs(): number
  /** Milliseconds that only ever grow; the measure for all durations. */
  monotonicMs(): number
  /** Calls `run` once after `delayMs`; the returned function cancels. */
  after(delayMs: number, run: () => void): () => void
}

/** A clock that stands still until `advance` is called; timers due on the way run in order. */
export type ManualClock = Clock & { advance(byMs: number): void }

/** Makes a manual clock that starts at `startUnixMs`. */
export function createManualClock(startUnixMs = 0): ManualClock {
  let elapsedMs = 0
  let timers: { dueMs: number; run: () => void }[] = []
  const nextDue = (untilMs: number) =>
    timers.filter((timer) => timer.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0]
  return {
    unixMs: () => startUnixMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    after(delayMs, run) {
      const timer = { dueMs: elapsedMs + Math.max(0, delayMs), run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(byMs) {
      const untilMs = elapsedMs + byMs
      for (let timer = nextDue(untilMs); timer; timer = nextDue(untilMs)) {
        const due = timer
        timers = timers.filter((other) => other !== due)
        elapsedMs = due.dueMs
        due.run()
      }
      elapsedMs = untilMs
    },
  }
}
