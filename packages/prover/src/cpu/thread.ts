import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { type FillJob, fillWork } from './fillWork.ts'
import { openKernel } from './Kernel.ts'
import { counters, mostBytes, namesAt, pageBytes } from './places.ts'
import { type Product, type ProductJob, productWork } from './productWork.ts'
import { arrive, awaitTeam } from './shareOut.ts'
import type { Seat, Work } from './Work.ts'
import { type WalkJob, walkWork } from './walkWork.ts'
import { type Module, type SharedMemory, webAssembly } from './webAssembly.ts'

/** Something for a team to do: `names` is what it is made from, `bytes` how much memory it takes. */
export type Task<J extends Job = Job> = { job: J; names: Uint8Array; bytes: number }
export type Job = ProductJob | FillJob | WalkJob

/** What a team answers; nothing where there is not so much memory. */
export type Reply = { result: Results[Job['kind']] } | undefined
export type Results = { product: Product; fill: undefined; walk: Uint8Array }

/** What a thread begins with: the first has a port to each other, the others one to the first. */
export type ThreadData = { module: Module; thread: number; threads: number; ports: readonly MessagePort[] }

const { module, thread, threads, ports }: ThreadData = workerData
const works = { product: productWork, fill: fillWork, walk: walkWork }

/** The main function of a thread. */
function main(): void {
  if (thread > 0) ports[0]?.on('message', ({ job, memory }) => assist(job, memory))
  else lead()
}

/**
 * The first thread owns the memory, for what the main thread has seen is freed only when garbage is collected there. All
 * that it waits for are the shares of the others.
 */
function lead(): void {
  const memory = new webAssembly.Memory({ initial: 1, maximum: mostBytes / pageBytes, shared: true })
  parentPort?.on('message', ({ job, names, bytes }: Task) => {
    if (!reserve(memory, bytes)) return parentPort?.postMessage(undefined)
    new Int32Array(memory.buffer, counters.at, counters.count).fill(0)
    new Uint8Array(memory.buffer, namesAt, names.length).set(names)
    for (const port of ports) port.postMessage({ job, memory })
    const [seat, work] = [sit(memory), workOf(job)]
    const own = work.share(seat, job)
    arrive(seat, counters.done)
    awaitTeam(seat, counters.done)
    const others = ports.map((port) => receiveMessageOnPort(port)?.message)
    parentPort?.postMessage({ result: work.finish(seat, job, [own, ...others]) })
  })
}

function assist(job: Job, memory: SharedMemory): void {
  const seat = sit(memory)
  ports[0]?.postMessage(workOf(job).share(seat, job))
  arrive(seat, counters.done)
}

/** The memory may have grown since the last job, and only a new instance is sure to see it. */
function sit(memory: SharedMemory): Seat {
  return { kernel: openKernel(module, memory), memory: memory.buffer, thread, threads }
}

function workOf({ kind }: Job): Work<Job, unknown, unknown> {
  return works[kind] as Work<Job, unknown, unknown>
}

function reserve(memory: SharedMemory, bytes: number): boolean {
  const pages = Math.ceil((bytes - memory.buffer.byteLength) / pageBytes)
  try {
    if (pages > 0) memory.grow(pages)
    return true
  } catch {
    return false
  }
}

main()
