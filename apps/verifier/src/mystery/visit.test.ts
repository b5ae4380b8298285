import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@hotaru/base'
import { type Backend, showAlone } from '@hotaru/proof'
import type { Class, Machine } from '@hotaru/protocol'
import { createCpuBackend, createCpuChecker } from '@hotaru/prover'
import type { AcceptanceJob } from '@hotaru/sdk/acceptance'
import { packWorkload } from '@hotaru/sdk/node'
import { createFakeWorld, type FakeWorld } from '@hotaru/sdk/testing'
import { keccak256, toBytes } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeLeftovers } from './closeLeftovers.ts'
import { VisitBook } from './VisitBook.ts'
import { visit } from './visit.ts'

let world: FakeWorld
let directory: string
let backend: Backend
let reported: { machineId: bigint; evidence: string }[]

beforeEach(async () => {
  world = await createFakeWorld()
  directory = await mkdtemp(join(tmpdir(), 'hotaru-visit-'))
  backend = createCpuBackend({ threads: 1 })
  reported = []
  world.agent.knobs.onRun = () => runProgram(backend)
})

afterEach(async () => {
  await backend.close()
  await world.stop()
  await rm(directory, { recursive: true })
})

test('a machine that shows its class is entered in the book, and its lease is closed', async () => {
  expect(await visitOnce({ computeBand: 40 })).toBeUndefined()
  expect(reported).toEqual([])
  expect(await readRecord()).toMatchObject({ machineId: '1', worstUsd: '7', accepted: { cpu: { device: 'a device' } } })
  expect(openLeases()).toEqual([])
})

test('a machine that shows less than half of its class is reported, with the record as evidence', async () => {
  expect(await visitOnce({ computeBand: 82 })).toMatch(/^it computes in band \d\d, its class says 82$/)
  const text = await readRecordText()
  expect(reported).toEqual([{ machineId: 1n, evidence: keccak256(toBytes(text)) }])
  expect(JSON.parse(text)).toMatchObject({ finding: expect.any(String), job: { machineId: '1' }, answer: { cpu: {} } })
})

test('a wrong answer, and a processor where a GPU is claimed, are findings', async () => {
  const turn = (state: `0x${string}`) => `0x${[...state.slice(2)].reverse().join('')}` as const
  const honest = backend
  backend = {
    ...honest,
    productRoot: (state, n) => honest.productRoot(turn(state), n),
    openProduct: (state, n, leaves) => honest.openProduct(turn(state), n, leaves),
  }
  expect(await visitOnce({ computeBand: 40 })).toMatch(/^its answer is wrong: cpu: entry .* is wrong$/)
  expect(await visitOnce({ computeBand: 40, kind: 'gpu' })).toBe('it has no gpu')
  expect(reported).toHaveLength(2)
})

test('a program that does not run is no finding: the book says what happened, and the money comes back', async () => {
  world.agent.knobs.onRun = undefined
  world.agent.knobs.exit = { code: 1, reason: 'exited' }
  await expect(visitOnce({ computeBand: 40 })).rejects.toThrow('ended with "1"')
  expect(reported).toEqual([])
  expect(await readRecord()).toMatchObject({ failed: expect.stringContaining('ended with "1"') })
  expect(openLeases()).toEqual([])
})

test('a lease that was open when the verifier died is closed', async () => {
  const digest = `0x${'11'.repeat(32)}` as const
  const order = { machineId: 1n, slots: 1n, durationSeconds: 600, offerHash: digest, workloadDigest: digest }
  await world.ledger.openLease(order)
  await world.ledger.openLease(order)
  await world.ledger.closeLease(2n)
  expect(openLeases()).toEqual([1n])
  await closeLeftovers(world.hotaru, { log: silentLogger })
  expect(openLeases()).toEqual([])
})

test('the book outlives its owner, and counts what may have been spent since', async () => {
  const at = (atMs: number, worstUsd: bigint) => new VisitBook(directory).begin({ machineId: 1n, atMs, worstUsd })
  await at(1000, 5n)
  await at(2000, 7n)
  await at(3000, 11n)
  expect(await new VisitBook(directory).spentUsd(1000)).toBe(18n)
  expect(await new VisitBook(join(directory, 'none')).spentUsd(0)).toBe(0n)
})

async function visitOnce(change: Partial<Class>): Promise<string | undefined> {
  const workload = join(world.directory, 'workload')
  await rm(workload, { recursive: true, force: true })
  await mkdir(workload)
  await writeFile(join(workload, 'workload.json'), '{ "name": "acceptance", "driver": "deno", "entry": "main.ts" }')
  await writeFile(join(workload, 'main.ts'), 'console.log(1)\n')
  await writeFile(join(workload, 'job.json'), '{}')
  const [machine] = world.ledger.machines as [Machine]
  const measured = { kind: 'cpu', computeBand: 40, memoryBand: 40, slots: 1, ...change } as const
  return visit(
    world.hotaru,
    { ...machine, class: measured },
    {
      ...{ bundle: await packWorkload(workload), seconds: 600, worstUsd: 7n, targetMs: 1 },
      ...{ book: new VisitBook(directory), checker: createCpuChecker(), random: () => 0.5, log: silentLogger },
      report: async (finding) => {
        reported.push(finding)
      },
    },
  )
}

/** What `examples/acceptance` does, with one back end, for a processor alone. */
async function runProgram(device: Backend): Promise<void> {
  const jobs = [...world.agent.received.values()].map((bytes) => Buffer.from(bytes).toString())
  const job: AcceptanceJob = JSON.parse(jobs.findLast((text) => text.includes('"machineId"')) ?? '{}')
  let stdout = ''
  const answer: { cpu?: object } = {}
  if (job.cpu) {
    const asked = { ...job.cpu, chainId: BigInt(job.chainId), machineId: BigInt(job.machineId) }
    const clock = { monotonicMs: () => performance.now() }
    const commit = (what: string, root: string) => {
      stdout += `cpu: commits to its ${what} ${root}\n`
    }
    answer.cpu = { ...(await showAlone(asked, { backend: device, clock, commit })), device: 'a device' }
  }
  world.agent.knobs.output = [{ stream: 'stdout', text: `${stdout}done\n` }]
  world.agent.knobs.results = [{ path: 'out/answer.json', content: JSON.stringify(answer) }]
}

function openLeases(): bigint[] {
  return [...world.ledger.leases.values()].filter(({ state }) => state !== 'closed').map(({ id }) => id)
}

async function readRecordText(): Promise<string> {
  const [name = ''] = (await readdir(directory)).filter((entry) => entry.endsWith('.json'))
  return readFile(join(directory, name), 'utf8')
}

async function readRecord(): Promise<unknown> {
  return JSON.parse(await readRecordText())
}
