import { sleep } from '@hotaru/base/async'
import type { Client } from '@hotaru/sdk'
import { packWorkload } from '@hotaru/sdk/node'
import { chooseMachine } from './chooseMachine.ts'
import { closeLeftovers } from './closeLeftovers.ts'
import { drawWaitMs } from './drawWaitMs.ts'
import { visit } from './visit.ts'

/**
 * Audits disguised as leases: now and then, at times of chance, leases a machine of chance for as short as can be, has it show
 * from inside the lease what it can do, and holds that against its class.
 *
 * A lease that was open when this process died is closed at the next start. Ends when `signal` is aborted.
 *
 * @param renter An account that is known for nothing else: all that it has open counts as left over.
 */
export async function keepVisiting(renter: Client, options: keepVisiting.Options): Promise<void> {
  const { everySeconds, random, signal, log } = options
  while (!signal.aborted) {
    await closeLeftovers(renter, { log }).catch((error: unknown) => log.warn('old visits not closed', { error }))
    const waitMs = drawWaitMs(everySeconds, random)
    const isOver = await sleep(waitMs, { signal, clock: renter.clock }).then(
      () => false,
      () => true,
    )
    if (isOver) return
    await visitOne(renter, options).catch((error: unknown) => log.warn('visit not made', { error }))
  }
}

export declare namespace keepVisiting {
  type Options = Omit<visit.Options, 'bundle' | 'seconds' | 'worstUsd'> & {
    /** The mean time between two visits. */
    everySeconds: number
    /** The most that visits may cost in any hour, in millionths of a US dollar: whole escrows count, used or not. */
    maxUsdPerHour: bigint
    /** `examples/acceptance`, or a copy of it. */
    workload: string
    signal: AbortSignal
  }
}

async function visitOne(renter: Client, options: keepVisiting.Options): Promise<void> {
  const { book, maxUsdPerHour, targetMs, workload, random, log } = options
  const nowMs = renter.clock.unixMs()
  const leftUsd = maxUsdPerHour - (await book.spentUsd(nowMs - hourMs))
  const machines = await renter.ledger.listMachines()
  const chosen = chooseMachine(machines, { targetMs, leftUsd, nowSeconds: Math.floor(nowMs / 1000), random })
  if (!chosen) return log.info('no machine to visit', { leftUsd })
  const bundle = await packWorkload(workload)
  try {
    await visit(renter, chosen.machine, { ...options, ...chosen, bundle })
  } finally {
    await bundle.dispose()
  }
}

const hourMs = 3_600_000
