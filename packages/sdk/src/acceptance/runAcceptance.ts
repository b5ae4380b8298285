import { BaseError } from '@hotaru/base'
import type { Checker, Fault, Hex } from '@hotaru/proof'
import type { Machine, Receipt } from '@hotaru/protocol'
import type { Bundle } from '../Bundle.ts'
import type { Client } from '../Client.ts'
import type { ResultStore } from '../lease/fetchResults.ts'
import { LineSplitter } from '../program/LineSplitter.ts'
import type { RunEvent } from '../run/RunEvent.ts'
import { runWorkload } from '../run/runWorkload.ts'
import type { AcceptanceJob } from './AcceptanceJob.ts'
import { type Accepted, checkAcceptance } from './checkAcceptance.ts'
import { withJob } from './withJob.ts'

/** What a machine showed in a lease, and what the lease cost. */
export type Acceptance = {
  leaseId: bigint
  receipt: Receipt
  /** What it left in `out/answer.json`: with the job, anyone can check it again. */
  answer: unknown
} & ({ fault: Fault } | { accepted: { cpu?: Accepted; gpu?: Accepted } })

/**
 * Leases a machine for the acceptance test and checks what it shows, by this end's clock: it runs from the moment the lease
 * is open, before the job is sent, to the line that commits to a root.
 *
 * @param order.bundle `examples/acceptance`, packed.
 * @throws what `runWorkload` throws; `Acceptance.InterruptedError`, `Acceptance.NoAnswerError`. The lease is closed then.
 */
export async function runAcceptance(client: Client, order: runAcceptance.Order): Promise<Acceptance> {
  const { machine, slots, seconds, job, name, checker, signal } = order
  const bundle = withJob(order.bundle, job, name)
  const clock = createRootClock(client)
  let answer: Uint8Array | undefined
  const store: ResultStore = {
    async save(file, openAt) {
      if (file.path === answerPath && file.sizeBytes <= largestAnswer) answer = await readAll(await openAt(0))
      return file.path
    },
  }
  const onEvent = (event: RunEvent) => {
    clock.see(event)
    order.onEvent?.(event)
  }
  const outcome = await runWorkload(client, { bundle, offers: [machine], slots, seconds }, { store, onEvent, signal })
  const { leaseId } = outcome
  if (outcome.ended !== 'exited') throw new InterruptedError({ leaseId })
  const { receipt, exit } = outcome
  const { code, reason } = exit
  if (code !== 0) throw new NoAnswerError({ leaseId, ended: code ?? reason })
  const read = parse(answer)
  const checked = checkAcceptance(read, { job, checker, seenMs: clock.seenMs, elapsedMs: clock.elapsedMs() })
  return { leaseId, receipt, answer: read, ...checked }
}

export declare namespace runAcceptance {
  type Order = {
    bundle: Bundle
    machine: Machine
    slots: number
    seconds: number
    job: AcceptanceJob
    /** What the workload is called. @default its own name */
    name?: string | undefined
    onEvent?: ((event: RunEvent) => void) | undefined
    checker?: Checker | undefined
    signal?: AbortSignal | undefined
  }
}

/** Notes when each root was first seen in the program's output, and when the program ended. */
function createRootClock({ clock }: Pick<Client, 'clock'>) {
  const [lines, seen] = [new LineSplitter(), new Map<string, number>()]
  let [startMs, endMs] = [clock.monotonicMs(), clock.monotonicMs()]
  return {
    see(event: RunEvent) {
      const now = clock.monotonicMs()
      if (event.type === 'leased') startMs = now
      if (event.type === 'exit') endMs = now
      if (event.type !== 'output' || event.stream !== 'stdout') return
      for (const [root] of lines
        .push(event.bytes)
        .join('')
        .matchAll(/0x[0-9a-f]{64}\b/g))
        if (!seen.has(root) && seen.size < mostRoots) seen.set(root, now - startMs)
    },
    seenMs: (root: Hex) => seen.get(root),
    elapsedMs: () => endMs - startMs,
  }
}

async function readAll(source: { readData(): Promise<Uint8Array | undefined> }): Promise<Uint8Array> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let left = largestAnswer
  for (let data = await source.readData(); data; data = await source.readData()) {
    left -= data.byteLength
    if (left < 0) break
    pieces.push(Uint8Array.from(data))
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

function parse(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

/** A result's path, as the program writes it. */
const answerPath = 'out/answer.json'

/** Roots of 4096 rounds and openings of 2 · 64 for each of two devices are below two megabytes. */
const largestAnswer = 8 * 2 ** 20

const mostRoots = 64

export class InterruptedError extends BaseError {
  override readonly name = 'Acceptance.InterruptedError'

  constructor({ leaseId }: { leaseId: bigint }) {
    super(`Cannot tell what the machine of lease "${leaseId}" can do: the run was interrupted, expected it to end`)
  }
}

export class NoAnswerError extends BaseError {
  override readonly name = 'Acceptance.NoAnswerError'

  constructor({ leaseId, ended }: { leaseId: bigint; ended: number | string }) {
    super(`Cannot tell what the machine of lease "${leaseId}" can do: the program ended with "${ended}", expected 0`, {
      facts: { ended },
      hint: 'the box may be smaller than what was asked of it: ask for less memory',
    })
  }
}
