import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readLease } from '@hotaru/chain'
import { isBalanced } from '@hotaru/protocol'
import { createDirectoryStore, packWorkload } from '@hotaru/sdk/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AgentProcess, createNetwork, type Network } from './testing/createNetwork.ts'

let network: Network
let agent: AgentProcess
beforeAll(async () => {
  network = await createNetwork()
  agent = await network.startAgent()
  await network.passAudit(BigInt(agent.ready.machineId))
})
afterAll(() => network?.stop())

const program = `
await Deno.mkdir('out', { recursive: true })
console.log('begun')
while (!(await Deno.stat('go').catch(() => null)) && !Deno.args.includes('now'))
  await new Promise((resolve) => setTimeout(resolve, 50))
await Deno.writeTextFile('out/answer.txt', '42')
console.log('ended')
`

async function pack(name: string, args: string[]) {
  const directory = join(network.directory, name)
  await mkdir(directory)
  await writeFile(join(directory, 'main.ts'), program)
  const limits = { memoryBytes: 512 * 2 ** 20, diskBytes: 2 ** 28 }
  const workload = { name, driver: 'deno', entry: 'main.ts', arguments: args, limits }
  await writeFile(join(directory, 'workload.json'), JSON.stringify(workload))
  return packWorkload(directory)
}

async function order(name: string, args: string[], seconds = 120) {
  const { fitting } = await network.renter.search({})
  return { bundle: await pack(name, args), offers: fitting.map(({ machine }) => machine), slots: 1, seconds }
}

/** Asks until it is so: what another process does has no event here. */
async function eventually<T>(ask: () => Promise<T | undefined>, withinMs = 30_000): Promise<T> {
  const untilMs = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > untilMs) throw new Error('it never came to be')
    await delay(50)
  }
}

const tasks = () => join(agentDirectory(), 'drivers/deno/tasks')

async function taskOf(leaseId: bigint): Promise<string> {
  const [task = ''] = (await readdir(tasks())).filter((id) => id.endsWith(`-${leaseId}`))
  return task
}

const agentDirectory = () => join(network.directory, 'agent')

test('a workload runs, its results come back, the money adds up', async () => {
  const store = await createDirectoryStore(join(network.directory, 'got'))
  const outcome = await network.renter.run(await order('plain', ['now']), { store })
  expect(outcome).toMatchObject({ ended: 'exited', exit: { code: 0, reason: 'exited' } })
  expect(await readFile(join(network.directory, 'got/answer.txt'), 'utf8')).toBe('42')
  if (outcome.ended === 'exited') expect(isBalanced(outcome.receipt)).toBe(true)
})

test('kill -9 in the middle: the next agent adopts the workload, which is started and paid once', async () => {
  const begun = Promise.withResolvers<bigint>()
  let leaseId = 0n
  let output = ''
  const running = network.renter.run(await order('adopted', []), {
    onEvent(event) {
      if (event.type === 'leased') leaseId = event.leaseId
      if (event.type !== 'output') return
      output += new TextDecoder().decode(event.bytes)
      if (output.includes('begun')) begun.resolve(leaseId)
    },
  })
  running.catch(() => {})
  await begun.promise
  await agent.kill('SIGKILL')
  agent = await network.startAgent()
  await writeFile(join(agentDirectory(), 'leases', String(leaseId), 'go'), '')

  const outcome = await running
  expect(outcome).toMatchObject({ ended: 'exited', exit: { code: 0, reason: 'exited' } })
  expect(output).toBe('begun\nended\n')
  if (outcome.ended !== 'exited') return
  expect(isBalanced(outcome.receipt)).toBe(true)
  expect(outcome.receipt.transactions.filter(({ what }) => /start/i.test(what))).toHaveLength(1)
})

test('a workload that dies with its agent is failed and unused seconds go back', async () => {
  const { leaseId } = await detached('lost')
  await agent.kill('SIGKILL')
  const task = join(tasks(), await taskOf(leaseId))
  const [keeperPid] = (await readFile(join(task, 'keeper'), 'utf8')).split(' ')
  process.kill(Number(keeperPid), 'SIGKILL')
  agent = await network.startAgent()
  await eventually(async () => ((await readLease(network.as(8), { leaseId })).state === 'running' ? undefined : true))
  const receipt = await network.renter.stop(leaseId)
  expect(isBalanced(receipt)).toBe(true)
  expect(receipt.refunded).toBeGreaterThan(0n)
})

test('the end is hard: with the chain away, a workload that never ends is gone when its time is up', async () => {
  const { leaseId } = await detached('endless', 12)
  const [keeperPid] = (await readFile(join(tasks(), await taskOf(leaseId), 'keeper'), 'utf8')).split(' ')
  await network.devchain.stop()
  const ended = await eventually(async () => {
    const page = (await (await fetch(new URL('/status', agent.ready.url))).json()) as {
      leases: { id: string; step: string; exit: unknown }[]
    }
    return page.leases.find(({ id, exit }) => id === String(leaseId) && exit !== null)
  }, 40_000)
  expect(ended.exit).toEqual({ code: null, reason: 'stopped' })
  expect(() => process.kill(Number(keeperPid), 0)).toThrow('ESRCH')
})

test('no key, token or input of a renter is in the log or in the pages', async () => {
  const key = (await readFile(join(agentDirectory(), 'machine.key'), 'utf8')).trim().slice(2)
  const owner = JSON.parse(await readFile(join(network.directory, 'owner.json'), 'utf8')).privateKey.slice(2)
  const pages = await Promise.all(
    ['/status', '/health'].map(async (page) => (await fetch(new URL(page, agent.ready.url))).text()),
  )
  const said = [...agent.log, ...pages].join('\n')
  expect(said.length).toBeGreaterThan(1_000)
  for (const secret of [key, owner]) expect(said.toLowerCase()).not.toContain(secret.toLowerCase())
  expect(said).not.toContain('"signature"')
})

async function detached(name: string, seconds = 120): Promise<{ leaseId: bigint }> {
  const outcome = await network.renter.run(await order(name, [], seconds), { detach: true })
  return { leaseId: outcome.leaseId }
}
