import type { Logger } from '@hotaru/base'
import type { Checker } from '@hotaru/proof'
import type { Class, Machine } from '@hotaru/protocol'
import type { Bundle, Client } from '@hotaru/sdk'
import { type AcceptanceJob, planAcceptance, runAcceptance } from '@hotaru/sdk/acceptance'
import type { Hex } from 'viem'
import { judgeVisit } from './judgeVisit.ts'
import type { VisitBook } from './VisitBook.ts'

/**
 * Visits one machine: leases it, has it show what it can do, and keeps what came of it. Where that says something against its
 * class, it is reported. A machine on which the program does not run is a matter for its renters: the record says so.
 */
export async function visit(
  renter: Client,
  machine: Machine & { class: Class },
  options: visit.Options,
): Promise<string | undefined> {
  const { bundle, seconds, worstUsd, targetMs, book, checker, random, report, log, signal } = options
  const job = planJob(renter, machine, targetMs)
  const begun = { machineId: machine.id, atMs: renter.clock.unixMs(), worstUsd }
  const known = { class: machine.class, job }
  await book.begin(begun)
  const name = names[Math.floor(random() * names.length)]
  const order = { ...{ bundle, machine, slots: 1, seconds, job, name }, checker, signal }
  const seen = await runAcceptance(renter, order).catch(async (error: unknown) => {
    await book.finish(begun, { ...known, failed: String(error) })
    throw error
  })
  const finding = judgeVisit(machine.class, seen)
  const evidence = await book.finish(begun, { ...known, ...seen, finding })
  const facts = { machineId: machine.id, leaseId: seen.leaseId, ...('accepted' in seen && seen.accepted) }
  if (finding === undefined) log.info('machine visited', facts)
  else {
    log.warn('machine is unlike its class', { ...facts, finding, evidence })
    await report?.({ machineId: machine.id, evidence }).catch((error: unknown) =>
      log.warn('fault not reported', { ...facts, error }),
    )
  }
  return finding
}

export declare namespace visit {
  type Options = {
    /** The acceptance test, packed. */
    bundle: Bundle
    /** How long the lease is. */
    seconds: number
    /** What it costs when nothing comes back, in millionths of a US dollar. */
    worstUsd: bigint
    /** How long a sprint of the machine's class takes. */
    targetMs: number
    book: VisitBook
    checker?: Checker | undefined
    /** Chance: a number from 0 up to 1. */
    random: () => number
    /** Brings a finding before a committee; where it is left out, the record stays. */
    report?: ((finding: { machineId: bigint; evidence: Hex }) => Promise<void>) | undefined
    log: Logger
    signal?: AbortSignal | undefined
  }
}

function planJob({ ledger }: Client, machine: Machine & { class: Class }, targetMs: number): AcceptanceJob {
  const { kind, computeBand, memoryBand } = machine.class
  const half = 2 ** (memoryBand / 2) / 2
  const part = planAcceptance({
    multiplyAddsPerSecond: 2 ** (computeBand / 2),
    maxMemoryBytes: kind === 'gpu' ? half : Math.min(half, boxBytes),
    targetMs,
  })
  return { chainId: ledger.domain.chainId.toString(), machineId: machine.id.toString(), [kind]: part }
}

/** A quarter of what the workload's manifest asks for: the rest is Deno's, and the products'. */
const boxBytes = 2 ** 28

/** What workloads are called. */
const names = ['render', 'train', 'batch', 'main', 'job', 'encode', 'embed', 'test'] as const
