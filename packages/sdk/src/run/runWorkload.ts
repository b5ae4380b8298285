import { BaseError } from '@hotaru/base'
import { type Exit, formatTokens, type Machine, type Receipt } from '@hotaru/protocol'
import type { Bundle } from '../Bundle.ts'
import type { Client } from '../Client.ts'
import { fetchResults, type ResultStore } from '../lease/fetchResults.ts'
import { followLogs } from '../lease/followLogs.ts'
import { type Sending, sendWorkload } from '../lease/sendWorkload.ts'
import { closeAndRead, giveBack } from './giveBack.ts'
import { type Opened, openBest } from './openBest.ts'
import type { RunEvent, RunOutcome } from './RunEvent.ts'

/** What to run, on which offers (the best first), for how long at the most. */
export type RunOrder = { bundle: Bundle; offers: readonly Machine[]; slots: number; seconds: number }

/**
 * A renter's day: opens a lease, sends the workload, follows its output, fetches the results, closes the lease and
 * reads the receipt.
 *
 * However it ends, the lease is closed and the unused seconds come back; only `detach` leaves it running. An abort
 * stops the workload and is an outcome, not an error.
 * @throws `Run.FailedError` with what came back, when anything failed after the lease was open.
 */
export async function runWorkload(
  client: Client,
  order: RunOrder,
  options: runWorkload.Options = {},
): Promise<RunOutcome> {
  const { onEvent: report = () => {}, signal } = options
  const opened = await openBest(client, order, report, signal)
  const { session } = opened
  const ids = { leaseId: session.leaseId, machineId: opened.machine.id }
  try {
    await startWorkload(opened, order, options)
    if (options.detach) return { ...ids, ended: 'detached' }
    const exit = await followToExit(opened, client, options)
    const output = await saveResults(opened, order, options)
    const receipt = { ...(await closeAndRead(client, ids.leaseId)), output }
    report({ type: 'closed', receipt })
    return { ...ids, ended: 'exited', exit, receipt }
  } catch (error) {
    const interrupted = signal?.aborted === true
    report({ type: 'stopping', reason: interrupted ? 'interrupted' : messageOf(error) })
    const receipt = await giveBack(client, session).catch((failure: unknown) => {
      throw new NotClosedError({ leaseId: ids.leaseId, cause: interrupted ? failure : error })
    })
    report({ type: 'closed', receipt })
    if (interrupted) return { ...ids, ended: 'interrupted', receipt }
    throw new FailedRunError({ receipt, cause: error })
  } finally {
    await session.close()
  }
}

export declare namespace runWorkload {
  type Options = {
    onEvent?: ((event: RunEvent) => void) | undefined
    /** Stops the workload and closes the lease. */
    signal?: AbortSignal | undefined
    /** Returns as soon as the workload runs and leaves the lease open. */
    detach?: boolean | undefined
    /** Where results go. @default they are not fetched */
    store?: ResultStore | undefined
  }
}

async function startWorkload({ session }: Opened, order: RunOrder, options: runWorkload.Options): Promise<void> {
  const { onEvent: report = () => {}, signal } = options
  const onSent = (sending: Sending) => report({ type: 'sending', ...sending })
  report({ type: 'sent', ...(await sendWorkload(session, order.bundle, { signal, onSent })) })
  await session.ask({ verb: 'lease.run' }, { signal })
  report({ type: 'running' })
}

async function followToExit({ session }: Opened, client: Client, options: runWorkload.Options): Promise<Exit> {
  const { onEvent: report = () => {}, signal } = options
  for await (const event of followLogs(session, { signal, clock: client.clock })) {
    report(event)
    if (event.type === 'exit') return event.exit
  }
  throw new NoExitError({ leaseId: session.leaseId })
}

async function saveResults(
  { session }: Opened,
  order: RunOrder,
  options: runWorkload.Options,
): Promise<string | undefined> {
  const { onEvent: report = () => {}, signal, store } = options
  if (!store) return undefined
  const saved = await fetchResults(session, store, { signal })
  for (const { path, location, sizeBytes } of saved) report({ type: 'saved', path, location, sizeBytes })
  return saved.find(({ path }) => path === order.bundle.output)?.location
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export class FailedRunError extends BaseError {
  override readonly name = 'Run.FailedError'
  readonly receipt: Receipt

  constructor({ receipt, cause }: { receipt: Receipt; cause: unknown }) {
    super(
      `Cannot finish the run: lease "${receipt.lease}" was closed before the end, expected it to reach its results`,
      {
        facts: {
          escrow: formatTokens(receipt.escrow),
          refunded: formatTokens(receipt.refunded),
          paid: formatTokens(receipt.paid),
          burnt: formatTokens(receipt.burnt),
        },
        hint: cause instanceof BaseError ? cause.hint : undefined,
        retry: cause instanceof BaseError ? cause.retry : 'later',
        exitCode: cause instanceof BaseError ? cause.exitCode : undefined,
        cause,
      },
    )
    this.receipt = receipt
  }
}

export class NotClosedError extends BaseError {
  override readonly name = 'Run.NotClosedError'

  constructor({ leaseId, cause }: { leaseId: bigint; cause: unknown }) {
    super(`Cannot close lease "${leaseId}": the ledger did not answer, expected it to give the unused seconds back`, {
      hint: `nothing is lost: \`hotaru lease stop ${leaseId}\` closes it, and the machine ends it when the program has`,
      retry: 'later',
      exitCode: 75,
      cause,
    })
  }
}

export class NoExitError extends BaseError {
  override readonly name = 'Run.NoExitError'

  constructor({ leaseId }: { leaseId: bigint }) {
    super(`Cannot tell how the workload of lease "${leaseId}" ended: its output stopped, expected an exit`, {
      retry: 'later',
    })
  }
}
