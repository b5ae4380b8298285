import { counters } from './places.ts'
import type { Seat } from './Work.ts'

/** Pieces of work that no other thread has taken, of `count`, until none is left. */
export function* takePieces({ memory }: Seat, counter: number, count: number): Generator<number> {
  const shared = sharedCounters(memory)
  for (let piece = Atomics.add(shared, counter, 1); piece < count; piece = Atomics.add(shared, counter, 1)) yield piece
}

/** Says that this thread has come so far. */
export function arrive({ memory }: Seat, counter: number): void {
  const shared = sharedCounters(memory)
  Atomics.add(shared, counter, 1)
  Atomics.notify(shared, counter)
}

/** Waits until every thread of the team has come so far. Blocks: for threads only. */
export function awaitTeam({ memory, threads }: Seat, counter: number): void {
  const shared = sharedCounters(memory)
  for (let here = 0; (here = Atomics.load(shared, counter)) < threads; ) Atomics.wait(shared, counter, here)
}

function sharedCounters(memory: SharedArrayBuffer): Int32Array {
  return new Int32Array(memory, counters.at, counters.count)
}
