import type { Kernel } from './Kernel.ts'
import { counters } from './places.ts'

/** A thread's place at a job that its team does together. */
export type Seat = { kernel: Kernel; memory: SharedArrayBuffer; thread: number; threads: number }

/** Pieces of work that no other thread has taken, of `count`, until none is left. */
export function* takePieces({ memory }: Seat, counter: number, count: number): Generator<number> {
  const shared = sharedCounters(memory)
  for (let piece = Atomics.add(shared, counter, 1); piece < count; piece = Atomics.add(shared, counter, 1)) yield piece
}

/** Waits until every thread of the team has come this far. Blocks: for threads only. */
export function meet({ memory, threads }: Seat, counter: number): void {
  const shared = sharedCounters(memory)
  Atomics.add(shared, counter, 1)
  Atomics.notify(shared, counter)
  for (let here = 0; (here = Atomics.load(shared, counter)) < threads; ) Atomics.wait(shared, counter, here)
}

/** Whether all others have come this far before. */
export function isLast({ memory, threads }: Seat, counter: number): boolean {
  return Atomics.add(sharedCounters(memory), counter, 1) === threads - 1
}

function sharedCounters(memory: SharedArrayBuffer): Int32Array {
  return new Int32Array(memory, counters.at, counters.count)
}
