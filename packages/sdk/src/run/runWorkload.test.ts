import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatError } from '@hotaru/base'
import { isBalanced, type Receipt } from '@hotaru/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Bundle } from '../Bundle.ts'
import { createDirectoryStore } from '../node/createDirectoryStore.ts'
import { packWorkload } from '../node/packWorkload.ts'
import { createFakeMachine, createFakeWorld, type FakeWorld } from '../testing/index.ts'
import type { RunEvent } from './RunEvent.ts'
import { FailedRunError } from './runWorkload.ts'

let world: FakeWorld
let bundle: Bundle

beforeEach(async () => {
  world = await createFakeWorld()
  const path = join(world.directory, 'hello.ts')
  await writeFile(path, 'console.log("hello")\n')
  bundle = await packWorkload(path)
})
afterEach(() => world.stop())

function order() {
  return { bundle, offers: world.ledger.machines, slots: 1, seconds: 600 }
}

/** Runs and keeps what happened, output as text. */
async function runAndRecord(options: { signal?: AbortSignal; onEvent?: (event: RunEvent) => void } = {}) {
  const events: RunEvent[] = []
  const outcome = await world.hotaru.run(order(), {
    store: createDirectoryStore(join(world.directory, 'results')),
    signal: options.signal,
    onEvent(event) {
      events.push(event)
      options.onEvent?.(event)
    },
  })
  const output = events.map((event) => (event.type === 'output' ? Buffer.from(event.bytes).toString() : '')).join('')
  return { outcome, events, output, types: events.map((event) => event.type) }
}

function assertRefunded(receipt: Receipt) {
  expect(isBalanced(receipt)).toBe(true)
  expect(world.ledger.leases.get(receipt.lease)?.state).toBe('closed')
}

describe('runWorkload', () => {
  test('opens, sends, follows, fetches, closes; the money adds up', async () => {
    world.agent.knobs.results = [{ path: 'out/answer.txt', content: '42' }]
    const { outcome, output, types } = await runAndRecord()
    expect(outcome).toMatchObject({ ended: 'exited', exit: { code: 0 }, leaseId: 1n })
    expect(output).toBe('hello\n')
    expect(types.filter((type) => type !== 'linked')).toEqual([
      ...['offer', 'leased', 'sending', 'sent', 'running', 'output', 'exit', 'saved', 'closed'],
    ])
    expect(await readFile(join(world.directory, 'results/answer.txt'), 'utf8')).toBe('42')
    expect([...world.agent.received.values()].map(String)).toEqual(['console.log("hello")\n'])
    if (outcome.ended === 'exited') assertRefunded(outcome.receipt)
  })

  test('a broken link loses no byte and shows none twice', async () => {
    const stdout = ['one\n', 'two\n', 'three\n'].map((text) => ({ stream: 'stdout' as const, text }))
    world.agent.knobs.output = stdout
    world.agent.knobs.breakLogsAfter = 2
    const { output } = await runAndRecord()
    expect(output).toBe('one\ntwo\nthree\n')
    expect(world.agent.verbs.filter((verb) => verb === 'lease.logs')).toHaveLength(2)
  })

  test('a broken fetch goes on where it stopped', async () => {
    world.agent.knobs.results = [{ path: 'out/big', content: 'x'.repeat(1000) }]
    world.agent.knobs.breakResultAfter = 400
    await runAndRecord()
    expect((await readFile(join(world.directory, 'results/big'), 'utf8')).length).toBe(1000)
  })

  test('an offer that is gone is followed by the next best', async () => {
    const gone = createFakeMachine(world.agent.key, { id: 2n, endpoint: world.agent.endpoint() })
    world.ledger.machines.unshift(gone)
    world.ledger.knobs.gone.add(2n)
    const { outcome, types } = await runAndRecord()
    expect(outcome).toMatchObject({ ended: 'exited', machineId: 1n })
    expect(types.filter((type) => ['offer', 'gone', 'leased'].includes(type))).toEqual([
      'offer',
      'gone',
      'offer',
      'leased',
    ])
  })

  test('the next best is tried twice, then the renter hears of it', async () => {
    const others = [2n, 3n, 4n].map((id) => createFakeMachine(world.agent.key, { id }))
    world.ledger.machines.unshift(...others)
    for (const { id } of others) world.ledger.knobs.gone.add(id)
    const error = await runAndRecord().catch((thrown: unknown) => thrown)
    expect(formatError(error)).toMatchInlineSnapshot(`
      "error: Cannot open a lease: the 3 best offers were gone when the order arrived, expected one to last
        because: Cannot open a lease of machine "4": its slots are busy, expected free ones

      hint: nothing was paid; \`hotaru offer search\` shows what is there now"
    `)
    expect(world.ledger.leases.size).toBe(0)
  })

  test('a machine that refuses to start costs nothing', async () => {
    world.agent.knobs.refuseRun = 'the granted GPU is not there'
    const error = await runAndRecord().catch((thrown: unknown) => thrown)
    expect(formatError(error)).toMatchInlineSnapshot(`
      "error: Cannot finish the run: lease "1" was closed before the end, expected it to reach its results
        escrow    0.0000000000006 HOTA
        refunded  0.0000000000006 HOTA
        paid      0 HOTA
        burnt     0 HOTA
        because: Cannot serve the request: the granted GPU is not there, expected another"
    `)
    if (!(error instanceof FailedRunError)) throw error
    assertRefunded(error.receipt)
    expect(error.receipt.refunded).toBe(error.receipt.escrow)
  })

  test('a machine that cannot be reached costs nothing', async () => {
    world.ledger.machines[0] = createFakeMachine(world.agent.key, { endpoint: '/ip4/127.0.0.1/tcp/1' })
    const error = await runAndRecord().catch((thrown: unknown) => thrown)
    expect(formatError(error)).toMatchInlineSnapshot(`
      "error: Cannot finish the run: lease "1" was closed before the end, expected it to reach its results
        escrow    0.0000000000006 HOTA
        refunded  0.0000000000006 HOTA
        paid      0 HOTA
        burnt     0 HOTA
        because: Cannot reach the machine at "/ip4/127.0.0.1/tcp/1": nobody listens there, expected its agent to answer
        because: connection error 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1

      hint: check the network, or lease another machine: hotaru offer search"
    `)
    expect(world.ledger.knobs.balance).toBe(10n ** 18n)
  })

  test('an abort stops the program, closes the lease and is no error', async () => {
    world.agent.knobs.runsForever = true
    const controller = new AbortController()
    const { outcome, types } = await runAndRecord({
      signal: controller.signal,
      onEvent: (event) => event.type === 'output' && controller.abort(),
    })
    expect(outcome.ended).toBe('interrupted')
    expect(types.slice(-2)).toEqual(['stopping', 'closed'])
    expect(world.agent.verbs.at(-1)).toBe('lease.stop')
    if (outcome.ended === 'interrupted') assertRefunded(outcome.receipt)
  })

  test('an abort while the chain opens the lease still closes it', async () => {
    const controller = new AbortController()
    world.ledger.knobs.onOpen = () => controller.abort()
    const { outcome } = await runAndRecord({ signal: controller.signal })
    expect(outcome.ended).toBe('interrupted')
    expect(world.ledger.leases.get(1n)?.state).toBe('closed')
  })

  test('results whose hash is wrong are refused and the lease is closed', async () => {
    world.agent.knobs.results = [{ path: 'out/answer.txt', content: 'abc' }]
    world.agent.knobs.spoilsResults = true
    const error = await runAndRecord().catch((thrown: unknown) => thrown)
    expect(formatError(error)).toContain('another hash')
    expect(world.ledger.leases.get(1n)?.state).toBe('closed')
  })

  test('a chain that is away at the end is said so, with the way to close', async () => {
    world.agent.knobs.refuseRun = 'no'
    const error = await runAndRecord({
      onEvent: (event) => {
        if (event.type === 'stopping') world.ledger.knobs.isDown = true
      },
    }).catch((thrown: unknown) => thrown)
    expect(formatError(error)).toMatchInlineSnapshot(`
      "error: Cannot close lease "1": the ledger did not answer, expected it to give the unused seconds back
        because: Cannot serve the request: no, expected another

      hint: nothing is lost: \`hotaru lease stop 1\` closes it, and the machine ends it when the program has"
    `)
  })

  test('detach leaves the lease running', async () => {
    const outcome = await world.hotaru.run(order(), { detach: true })
    expect(outcome).toEqual({ ended: 'detached', leaseId: 1n, machineId: 1n })
    expect(world.ledger.leases.get(1n)?.state).toBe('running')
    const receipt = await world.hotaru.stop(1n)
    assertRefunded(receipt)
  })

  test('an empty file and a file twice arrive', async () => {
    const directory = join(world.directory, 'job')
    await (await import('node:fs/promises')).mkdir(directory)
    await writeFile(join(directory, 'workload.json'), '{"name":"job","driver":"deno","entry":"main.ts"}')
    for (const name of ['main.ts', 'copy.ts']) await writeFile(join(directory, name), 'same')
    await writeFile(join(directory, 'empty'), '')
    bundle = await packWorkload(directory)
    await runAndRecord()
    expect(world.agent.received.size).toBe(2)
    expect(bundle.manifest.files.map(({ path }) => path)).toEqual(['copy.ts', 'empty', 'main.ts'])
  })
})
