import { parentPort, workerData } from 'node:worker_threads'
import { type FillJob, fillMemory } from './fillMemory.ts'
import { openKernel } from './Kernel.ts'
import { type KeptLeaf, makeProduct, type ProductJob } from './makeProduct.ts'
import type { Seat } from './Seat.ts'
import { type WalkJob, walkMemory } from './walkMemory.ts'
import type { Module, SharedMemory } from './webAssembly.ts'

/** What a team is given to do. */
export type Job = ProductJob | FillJob | WalkJob

/** What a thread begins with. */
export type ThreadData = { module: Module; thread: number; threads: number }

/** The main function of a thread: answers each job with the leaves that it kept. The memory may have grown since the last. */
const { module, thread, threads }: ThreadData = workerData
parentPort?.on('message', ({ job, memory }: { job: Job; memory: SharedMemory }) => {
  const seat: Seat = { kernel: openKernel(module, memory), memory: memory.buffer, thread, threads }
  parentPort?.postMessage(perform(seat, job))
})

function perform(seat: Seat, job: Job): KeptLeaf[] {
  if (job.kind === 'product') return makeProduct(seat, job)
  if (job.kind === 'fill') fillMemory(seat, job)
  else walkMemory(seat, job)
  return []
}
