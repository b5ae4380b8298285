import { relative } from 'node:path'
import { BaseError, exitCodes } from '@hotaru/base'
import { type ClassRow, encodeReceipt, parseSeconds } from '@hotaru/protocol'
import type { Bundle, Hotaru, Ranking, Wish } from '@hotaru/sdk'
import type { ResultStore, RunEvent, RunOutcome } from '@hotaru/sdk/lease'
import { type Context, defineCommand } from '../Command.ts'
import { describeSize } from '../describeClass.ts'
import { toJson } from '../renderJson.ts'
import { renderReceipt } from '../renderReceipt.ts'
import { encodeRunEvent } from '../run/encodeRunEvent.ts'
import { describeExit, RunScreen } from '../run/RunScreen.ts'
import { RunTiming } from '../run/RunTiming.ts'
import type { Terminal } from '../Terminal.ts'
import { parseWish, wishArgs } from '../wishArgs.ts'

export const run = defineCommand({
  summary: 'Lease a machine, run a program on it, fetch the results, pay by the second',
  examples: [
    ['hotaru run hello.ts', 'run one file; its output is yours, unused seconds come back'],
    ['hotaru run examples/bunny', 'run a directory that has a workload.json'],
    ['hotaru run job --time 2h --kind gpu --max-price 0.30', 'on a GPU, for two hours at the most'],
    ['hotaru run job --detach', 'leave it running; `hotaru lease logs` and `results` take it up'],
    ['hotaru run hello.ts --json', 'one object a line, the receipt last'],
  ],
  args: {
    path: {
      type: 'positional',
      required: true,
      description: 'A .ts, .js, .mjs or .wasm file, or a directory with a workload.json',
    },
    time: { type: 'string', default: '1h', valueHint: 'span', description: 'Seconds to buy, as 90s, 10m or 1h30m' },
    ...wishArgs,
    detach: { type: 'boolean', alias: 'd', description: 'Return when the program runs and leave the lease open' },
    output: {
      type: 'string',
      valueHint: 'directory',
      description: 'Where results go; ./NAME-LEASE where it is not said',
    },
  },
  async run(args, context) {
    const { terminal, signal } = context
    const seconds = parseSeconds(args.time)
    const wish = { ...parseWish(args), minSeconds: seconds }
    const timing = new RunTiming(() => performance.now())
    const { bundle, hotaru, ranking, classTable } = await prepare(args.path, wish, context, timing)
    const show = createShow({ asJson: args.json === true, terminal, hotaru, classTable })
    try {
      const outcome = await hotaru.run(
        { bundle, offers: ranking.fitting.map(({ machine }) => machine), slots: wish.slots ?? 1, seconds },
        {
          signal,
          detach: args.detach ?? false,
          store: createStore(args.output, bundle, show.leaseId),
          onEvent(event) {
            timing.see(event)
            show.event(event)
          },
        },
      )
      show.end()
      const split = timing.read()
      if (split && args.json) terminal.line(toJson({ type: 'timing', ...split }))
      else if (split && args.verbose) terminal.note(renderTiming(split))
      return finish(outcome, show.size(), terminal, args.json === true)
    } finally {
      show.end()
      await bundle.dispose()
    }
  },
})

/** Packs and searches at the same time; what was packed is thrown away when the search fails. */
async function prepare(path: string, wish: Wish, { connect }: Context, timing: RunTiming) {
  const { packWorkload } = await import('@hotaru/sdk/node')
  const packing = packWorkload(path)
  // A workload that cannot be packed is the renter's first concern, whatever the network says.
  packing.catch(() => {})
  const searching = connect().then(async ({ hotaru }) => {
    timing.ready()
    // Loaded while the chain is being asked.
    import('@hotaru/sdk/lease').catch(() => {})
    const [ranking, classTable] = await Promise.all([hotaru.search(wish), hotaru.ledger.readClassTable()])
    return { hotaru, ranking, classTable }
  })
  searching.catch(() => {})
  const bundle: Bundle = await packing
  try {
    const { hotaru, ranking, classTable }: Searched = await searching
    if (ranking.fitting.length === 0) throw new NoOfferError({ ranking })
    return { bundle, hotaru, ranking, classTable }
  } catch (error) {
    await bundle.dispose()
    throw error
  }
}

type Searched = { hotaru: Hotaru; ranking: Ranking; classTable: readonly ClassRow[] }

type Show = {
  event(event: RunEvent): void
  end(): void
  leaseId(): bigint | undefined
  /** Class and claim of the machine that was tried last. */
  size(): string
}

type Shown = { asJson: boolean; terminal: Terminal; hotaru: Hotaru; classTable: readonly ClassRow[] }

function createShow({ asJson, terminal, hotaru, classTable }: Shown): Show {
  const screen = new RunScreen(terminal, { clock: hotaru.clock, classTable })
  let leaseId: bigint | undefined
  let size = ''
  return {
    leaseId: () => leaseId,
    size: () => size,
    event(event) {
      if (event.type === 'offer') size = describeSize(event.machine, classTable, terminal.notePaint)
      if (event.type === 'leased') leaseId = event.leaseId
      if (asJson) terminal.line(encodeRunEvent(event, { atMs: Math.round(performance.now()), classTable }))
      else screen.show(event)
    },
    end: () => screen.end(),
  }
}

/** The directory carries the lease's number, which is known when the first file arrives. */
function createStore(output: string | undefined, bundle: Bundle, leaseId: () => bigint | undefined): ResultStore {
  return {
    async save(file, openAt) {
      const { createDirectoryStore } = await import('@hotaru/sdk/node')
      return createDirectoryStore(output ?? `${bundle.manifest.name}-${leaseId()}`).save(file, openAt)
    },
  }
}

function finish(outcome: RunOutcome, size: string, terminal: Terminal, asJson: boolean): number {
  const { leaseId } = outcome
  if (outcome.ended === 'detached') {
    if (asJson) terminal.line(toJson({ type: 'detached', lease: leaseId, machine: outcome.machineId }))
    else
      terminal.note(
        `\n${terminal.notePaint.hint(`hint: \`hotaru lease logs ${leaseId} --follow\` shows its output, \`hotaru lease stop ${leaseId}\` refunds unused time`)}`,
      )
    return exitCodes.ok
  }
  const { receipt } = outcome
  if (asJson) terminal.line(toJson(encodeReceipt(receipt)))
  else {
    const output = receipt.output === undefined ? undefined : relative(process.cwd(), receipt.output)
    terminal.note(
      `\n${renderReceipt({ ...receipt, output }, size, { ...terminal, paint: terminal.notePaint, isScreen: true })}`,
    )
  }
  if (outcome.ended === 'interrupted') return exitCodes.interrupted
  if (outcome.exit.code !== 0) throw new ProgramError({ leaseId, exit: outcome.exit })
  return exitCodes.ok
}

function renderTiming({
  processMs,
  chainMs,
  linkMs,
  driverMs,
  firstByteMs,
}: ReturnType<RunTiming['read']> & object): string {
  return `first byte after ${firstByteMs}ms: process ${processMs}ms, chain ${chainMs}ms, link ${linkMs}ms, driver ${driverMs}ms`
}

export class NoOfferError extends BaseError {
  override readonly name = 'Run.NoOfferError'

  constructor({ ranking }: { ranking: Ranking }) {
    const [first = 'nothing fits', ...others] = ranking.why
    super(`Cannot lease a machine: ${first}, expected an offer that fits`, {
      facts: Object.fromEntries(others.map((why, index) => [`also ${index + 1}`, why])),
      hint: '`hotaru offer search --verbose` says what each machine lacks',
      retry: 'later',
    })
  }
}

export class ProgramError extends BaseError {
  override readonly name = 'Run.ProgramError'

  constructor({ leaseId, exit }: { leaseId: bigint; exit: { code: number | null; reason: string } }) {
    super(`Cannot call the run a success: ${describeExit(exit)}, expected the program to exit with 0`, {
      facts: { lease: leaseId, code: exit.code, reason: exit.reason },
    })
  }
}
