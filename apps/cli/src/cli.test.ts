import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { isBalanced } from '@hotaru/protocol'
import { type ChainWorld, createChainWorld } from '@hotaru/sdk/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runIn } from './testing/runIn.ts'

const script = join(import.meta.dirname, '..', 'hotaru.mjs')
let world: ChainWorld

beforeAll(async () => {
  world = await createChainWorld()
})
afterAll(() => world.stop())

/** One command line in this process, with its streams as two pipes. */
async function run(...args: string[]) {
  return runIn({ HOTARU_HOME: world.home }, args)
}

/** One command line as a process of its own. */
function spawnCli(...args: string[]) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: world.directory,
    env: { PATH: process.env.PATH ?? '', HOTARU_HOME: world.home },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { child, ended: ended.then(([stdout, stderr, [code]]) => ({ stdout, stderr, code })) }
}

/** The parts of a JSON lines output. */
function lines(stdout: string): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

async function program(): Promise<string> {
  const path = join(world.directory, 'hello.ts')
  await writeFile(path, 'console.log("hello")\n')
  return path
}

describe('usage', () => {
  test('help is data and no failure', async () => {
    for (const args of [[], ['--help'], ['help']]) {
      const { stdout, stderr, code } = await run(...args)
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
      expect(stdout).toContain('hotaru run examples/bunny')
    }
    expect((await run('help', 'lease', 'logs')).stdout).toContain('hotaru lease logs LEASE')
    expect((await run('vote', 'delegate', '--help')).stdout).toContain('hotaru vote delegate [ADDRESS]')
  })

  test.each([
    [['lease', 'lsit'], 'there is no command "lease lsit"'],
    [['lease', 'show'], 'LEASE is missing'],
    [['lease', 'show', 'seven'], 'lease "seven" is not a number'],
    [['lease', 'list', '--frobnicate'], 'flag "--frobnicate" is unknown'],
    [['offer', 'search', '--kind', 'tpu'], 'kind "tpu" is neither "cpu" nor "gpu"'],
    [['offer', 'search', '--max-price'], 'flag "--max-price" has no value'],
    [['machine', 'list', 'now'], '"now" is one word too many'],
  ])('%j is a usage error with help', async (args, reason) => {
    const { stdout, stderr, code } = await run(...args)
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
    expect(stderr).toContain(reason)
    expect(stderr).toContain('Examples')
  })
})

describe('reading', () => {
  test('a pipe gets rows of tabs, plain, with <none> for what is empty', async () => {
    const { stdout, code } = await run('machine', 'list')
    expect(code).toBe(0)
    const cells = stdout.trimEnd().split('\t')
    expect(cells.slice(0, 5)).toEqual(['1', 'online', '1/1', '$0.10/h', 'container'])
    expect(cells.slice(7)).toEqual(['cpu-small', '{}', '? unknown'])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape is what must not be there
    expect(stdout).not.toMatch(/\x1b/)
  })

  test('--json is one document', async () => {
    expect(JSON.parse((await run('machine', 'list', '--json')).stdout).machines).toHaveLength(1)
    expect(JSON.parse((await run('offer', 'search', '--json')).stdout).fitting).toHaveLength(1)
    const status = JSON.parse((await run('network', 'status', '--json')).stdout)
    expect(status).toMatchObject({ network: 'local', machines: { leasable: 1 }, chain: { verifiers: 3 } })
    expect(status.classTable.map(({ name }: { name: string }) => name)).toContain('gpu-24g-fast')
    expect((await run('network', 'status')).stdout).toContain(
      '  cpu-home\tcpu ≥ 97.2 G multiply-adds a second, ≥ 362 MiB (c73 m57); ',
    )
  })

  test('a search that finds nothing says why', async () => {
    const { stderr, stdout, code } = await run('offer', 'search', '--max-price', '0.05')
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 })
    expect(stderr).toBe('no offer fits\n  1 machine fits but for the price: it asks $0.10, you offered $0.05\n')
  })
})

describe('bad input', () => {
  test('no network', async () => {
    const { stderr, code } = await runIn({ HOTARU_HOME: join(world.directory, 'empty') }, ['machine', 'list'])
    expect(code).toBe(1)
    expect(stderr).toContain('hint: `npm start` brings the local network up')
  })

  test('chain unreachable, chain wrong', async () => {
    const network = JSON.parse(await readFile(join(world.home, 'local', 'network.json'), 'utf8'))
    const away = join(world.directory, 'away.json')
    await writeFile(away, JSON.stringify({ ...network, rpcUrl: 'http://127.0.0.1:1999' }))
    const unreachable = await run('machine', 'list', '--network', away)
    expect(unreachable.code).toBe(75)
    expect(unreachable.stderr).toContain('no answer from "http://127.0.0.1:1999/"')
    const wrong = join(world.directory, 'wrong.json')
    await writeFile(wrong, JSON.stringify({ ...network, deployment: { ...network.deployment, chainId: 1 } }))
    expect((await run('machine', 'list', '--network', wrong)).stderr).toContain('of chain "31511", expected "1"')
  })

  test('a wallet without enough tokens: nothing is opened', async () => {
    const before = JSON.parse((await run('lease', 'list', '--json')).stdout).leases.length
    const poor = join(world.directory, 'poor.json')
    await writeFile(poor, JSON.stringify(poorWallet), { mode: 0o600 })
    const { stderr, code } = await run('run', await program(), '--key-file', poor)
    expect(code).toBe(1)
    expect(stderr).toContain('the balance is "0 HOTA", expected at least "2')
    expect(JSON.parse((await run('lease', 'list', '--json')).stdout).leases).toHaveLength(before)
  })

  test('no such workload, as JSON beside the data', async () => {
    const { stdout, stderr, code } = await run('run', 'nowhere.ts', '--json')
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
    expect(JSON.parse(stderr).error).toMatchObject({ name: 'Workload.MissingError', exitCode: 2 })
  })
})

describe('run', () => {
  test('prints the output as data and the receipt as note; the money adds up', async () => {
    const { stdout, stderr, code } = await run('run', await program(), '--time', '10m')
    expect({ stdout, code }).toEqual({ stdout: 'hello\n', code: 0 })
    expect(stderr).toContain('Leasing machine 1: cpu-small · claims {} ? unknown · $0.10/h')
    expect(stderr).toContain('escrow = paid + burnt + refunded')
    expect(stderr).toMatch(/machine +1 cpu-small · claims \{\} \? unknown\n/)
    const shown = await run('lease', 'receipt', JSON.parse((await run('lease', 'list', '--json')).stdout).leases[0].id)
    expect(shown.stdout).toContain('machine\t1 cpu-small · claims {} ? unknown\n')
  })

  test('--json, as a process, ends with the receipt of the ledger', async () => {
    const { stdout, code } = await spawnCli('run', await program(), '--time', '10m', '--json').ended
    expect(code).toBe(0)
    const events = lines(stdout)
    expect(events.map(({ type }) => type).filter((type) => type !== 'linked')).toEqual([
      ...['offer', 'leased', 'sent', 'running', 'output', 'exit', 'closed', 'timing', undefined],
    ])
    expect(events[0]).toMatchObject({ claim: '{}', classRow: { name: 'cpu-small' }, claimJudgement: 'unknown' })
    const receipt = events.at(-1) as Record<'escrow' | 'paid' | 'fee' | 'burnt' | 'refunded' | 'lease', string>
    const amount = (part: keyof typeof receipt) => BigInt(receipt[part])
    const given = { paid: amount('paid'), fee: amount('fee'), burnt: amount('burnt'), refunded: amount('refunded') }
    expect(isBalanced({ escrow: amount('escrow'), ...given })).toBe(true)
    expect(JSON.parse((await run('lease', 'receipt', receipt.lease, '--json')).stdout)).toMatchObject({
      escrow: receipt.escrow,
    })
  })

  test('a program that fails is a failure; the lease is closed', async () => {
    world.agent.knobs.exit = { code: 3, reason: 'exited' }
    const { stderr, code } = await run('run', await program(), '--time', '10m')
    world.agent.knobs.exit = { code: 0, reason: 'exited' }
    expect(code).toBe(1)
    expect(stderr).toContain('it exited with 3')
    expect((await run('lease', 'list', '--open')).stdout).toBe('')
  })

  test('SIGINT stops the program, closes the lease, prints the receipt', async () => {
    world.agent.knobs.runsForever = true
    const { child, ended } = spawnCli('run', await program(), '--time', '10m')
    child.stdout.once('data', () => child.kill('SIGINT'))
    const { stdout, stderr, code } = await ended
    world.agent.knobs.runsForever = false
    expect({ stdout, code }).toEqual({ stdout: 'hello\n', code: 130 })
    expect(stderr).toContain('refunded')
    expect((await run('lease', 'list', '--open')).stdout).toBe('')
  })

  test('detached, then followed, fetched and stopped', async () => {
    world.agent.knobs.runsForever = true
    world.agent.knobs.results = [{ path: 'out/answer.txt', content: '42' }]
    const detached = lines((await run('run', await program(), '--time', '10m', '--detach', '--json')).stdout).at(-1)
    const lease = String(detached?.lease)
    expect(detached).toMatchObject({ type: 'detached', machine: '1' })
    expect((await run('lease', 'logs', lease)).stdout).toBe('hello\n')
    const shown = (await run('lease', 'show', lease)).stdout
    expect(shown).toContain('on the machine\trunning')
    expect(shown).toContain('class\tcpu-small (cpu-c57-m68x1), uncalibrated\n')
    expect(shown).toContain('claim\t{}  ? unknown\n')
    expect(JSON.parse((await run('lease', 'show', lease, '--json')).stdout)).toMatchObject({
      ...{ classRow: { name: 'cpu-small', calibrated: false }, claimJudgement: 'unknown' },
    })
    expect((await run('lease', 'results', lease, '--output', join(world.directory, 'fetched'))).code).toBe(0)
    expect(await readFile(join(world.directory, 'fetched/answer.txt'), 'utf8')).toBe('42')
    const stopped = await run('lease', 'stop', lease, '--json')
    expect(JSON.parse(stopped.stdout)).toMatchObject({ lease })
    world.agent.knobs.runsForever = false
  })
})

/** A throw-away key that nobody ever sends anything to. */
const poorWallet = {
  address: '0xB22CE629B429C75aCfD5c43a939b1551acd4b17f',
  privateKey: `0x${'e1'.repeat(32)}`,
}
