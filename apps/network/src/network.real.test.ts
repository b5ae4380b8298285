import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { balanceOf, createLedger, listLeases, parseDeployment, readPurse } from '@hotaru/chain'
import { leasesAbi, tokenAbi } from '@hotaru/contracts'
import { createHotaru } from '@hotaru/sdk'
import { planAcceptance, runAcceptance } from '@hotaru/sdk/acceptance'
import { loadNetwork, packWorkload, readWallet } from '@hotaru/sdk/node'
import type { Address } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repository } from './runJob.ts'
import { startNetwork, type TestNetwork } from './testing/startNetwork.ts'

let network: TestNetwork
let scratch: string
let bunny: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'hotaru-e2e-work-'))
  bunny = await writeSmallBunny(join(scratch, 'bunny'))
  network = await startNetwork()
})
afterAll(async () => {
  await network.stop()
  await rm(scratch, { recursive: true })
})

test('a real picture is rendered in a lease, and the money adds up to the balances on the chain', async () => {
  const before = await readMoney()
  const { code, stdout, stderr } = await network.hotaru(['run', bunny, '--json', '--output', join(scratch, 'a')]).done
  expect(stderr).toBe('')
  expect(code).toBe(0)
  const receipt = JSON.parse(stdout.at(-1) ?? '')
  const after = await readMoney()
  expect(BigInt(receipt.paid) + BigInt(receipt.burnt) + BigInt(receipt.refunded)).toBe(BigInt(receipt.escrow))
  expect(before.renter - after.renter).toBe(BigInt(receipt.escrow) - BigInt(receipt.refunded))
  expect(after.owner - before.owner).toBe(BigInt(receipt.paid))
  expect(before.supply - after.supply).toBe(BigInt(receipt.burnt))
  expect(receipt.seconds).toBeGreaterThan(0)
  const png = await readFile(receipt.output)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBe(96)
})

test('a renter sees from inside the lease what the machine can do, and so does a program', async () => {
  const path = join(repository, 'examples/acceptance')
  const { code, stdout } = await network.hotaru(['run', path, '--output', join(scratch, 'acceptance')]).done
  expect(code).toBe(0)
  expect(stdout.join('\n')).toMatch(/cpu \(.* threads?\): [\d.]+ billion multiply-adds a second/)

  const here = await loadNetwork('local', network.home)
  const hotaru = createHotaru({ network: here, account: await readWallet(join(network.home, 'local/wallet.json')) })
  const bundle = await packWorkload(path)
  const plan = { multiplyAddsPerSecond: 2e9, maxMemoryBytes: 2 ** 24, targetMs: 1000 }
  const machine = await hotaru.ledger.readMachine(1n)
  const job = { chainId: '1', machineId: '1', cpu: planAcceptance(plan) }
  const acceptance = await runAcceptance(hotaru, { bundle, machine, slots: 1, seconds: 600, job })
  await bundle.dispose()
  if ('fault' in acceptance) throw new Error(acceptance.fault.reason)
  const { multiplyAddsPerSecond = 0, claimedMultiplyAddsPerSecond = 0, memoryBytes } = acceptance.accepted.cpu ?? {}
  expect(multiplyAddsPerSecond).toBeGreaterThan(0)
  expect(multiplyAddsPerSecond).toBeLessThan(claimedMultiplyAddsPerSecond)
  expect(memoryBytes).toBeGreaterThan(0)
  expect(await openLeases()).toEqual([])
})

test('the faucet gives tokens, and says what is wrong with an address', async () => {
  const to = '0x00000000000000000000000000000000000000aa'
  const faucet = (...args: string[]) => runFile(process.execPath, ['apps/network/src/faucet.ts', ...args], inHome())
  const { stdout } = await faucet(to, '2.5')
  expect(stdout).toBe(`gave 2.5 HOTA and one coin for gas to ${to}\n`)
  expect(await balanceOf(await ledgerHere(), { account: to })).toBe(25n * 10n ** 17n)
  await expect(faucet('0x12')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"0x12" is no address'),
  })
})

test('the agent killed with -9 in the middle of a render comes back, adopts it, and nothing is paid twice', async () => {
  await survive(async () => {
    const { pid } = await network.readJson('agent/agent.json')
    process.kill(Number(pid), 'SIGKILL')
  })
})

test('the chain killed with -9 in the middle of a render comes back with nothing lost', async () => {
  await survive(async () => {
    process.kill(await chainPid(), 'SIGKILL')
  })
})

test('Ctrl-C in the middle of a run stops the program, closes the lease, and the rest comes back', async () => {
  const before = await readMoney()
  const command = network.hotaru(['run', await writeEndless(), '--json', '--time', '10m'], {
    onLine: (line) => {
      if (JSON.parse(line).type === 'output') command.process.kill('SIGINT')
    },
  })
  const { code, stdout } = await command.done
  expect(code).toBe(130)
  const receipt = JSON.parse(stdout.at(-1) ?? '')
  expect(BigInt(receipt.paid) + BigInt(receipt.burnt) + BigInt(receipt.refunded)).toBe(BigInt(receipt.escrow))
  expect(receipt.seconds).toBeLessThan(60)
  expect(before.renter - (await readMoney()).renter).toBe(BigInt(receipt.escrow) - BigInt(receipt.refunded))
  expect(await openLeases()).toEqual([])
})

test('a renter has the slots of his lease prove themselves while his program runs on', async () => {
  const evidence = join(scratch, 'evidence.json')
  let proving: Promise<{ code: number | null; stdout: string[] }> | undefined
  const command = network.hotaru(['run', await writeEndless(), '--json', '--time', '10m'], {
    onLine: (line) => {
      const event = JSON.parse(line)
      if (event.type !== 'output' || proving) return
      proving = openLeases().then(([id]) => {
        const prove = ['lease', 'prove', String(id), '--json', '--output', evidence]
        return network.hotaru(prove).done.finally(() => command.process.kill('SIGINT'))
      })
    },
  })
  await command.done
  const { code, stdout } = (await proving) ?? {}
  expect(code).toBe(0)
  const { proved } = JSON.parse(stdout?.join('\n') ?? '')
  expect(proved).toMatchObject({ kind: 'cpu', computeBand: expect.any(Number) })
  expect(proved.multiplyAddsPerSecond).toBeGreaterThan(1e8)
  expect(JSON.parse(await readFile(evidence, 'utf8'))).toEqual(proved.evidence)
})

const runFile = promisify(execFile)

function inHome() {
  return { cwd: repository, env: { ...process.env, HOTARU_HOME: network.home } }
}

/** Renders while `harm` is done, and wants the picture, one balanced receipt, and every lease closed. */
async function survive(harm: () => Promise<void>): Promise<void> {
  const before = await readMoney()
  let harmed: Promise<void> | undefined
  const output = await mkdtemp(join(scratch, 'survive-'))
  const command = network.hotaru(['run', bunny, '--json', '--output', output], {
    onLine: (line) => {
      if (!harmed && line.includes('progress')) harmed = harm()
    },
  })
  const { code, stdout, stderr } = await command.done
  await harmed
  expect(harmed, 'the render was over before harm was done').toBeDefined()
  const last = JSON.parse(stdout.at(-1) ?? '{}')
  const after = await readMoney()
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(BigInt(last.paid) + BigInt(last.burnt) + BigInt(last.refunded)).toBe(BigInt(last.escrow))
  expect(before.renter - after.renter).toBe(BigInt(last.escrow) - BigInt(last.refunded))
  expect(after.owner - before.owner).toBe(BigInt(last.paid))
  expect(await openLeases()).toEqual([])
  expect((await readFile(last.output)).subarray(1, 4).toString()).toBe('PNG')
}

async function ledgerHere() {
  const deployment = parseDeployment(await network.readJson('deployment.json'))
  return createLedger({ deployment })
}

/** What is whose: rent counts as the owner's once it lies in its purse, and is off the supply once its burn is due. */
async function readMoney() {
  const ledger = await ledgerHere()
  const { token, leases } = ledger.deployment.addresses
  const addressIn = async (path: string) => (await network.readJson(path)).address as Address
  const [renter, owner] = await Promise.all([addressIn('wallet.json'), addressIn('agent/owner.json')])
  const purse = await readPurse(ledger, { account: owner })
  const supply = await ledger.client.readContract({ address: token, abi: tokenAbi, functionName: 'totalSupply' })
  const due = await ledger.client.readContract({ address: leases, abi: leasesAbi, functionName: 'pendingBurn' })
  return {
    renter: await balanceOf(ledger, { account: renter }),
    owner: (await balanceOf(ledger, { account: owner })) + (purse?.amount ?? 0n),
    supply: supply - due,
  }
}

async function openLeases(): Promise<bigint[]> {
  const leases = await listLeases(await ledgerHere())
  return leases.filter(({ state }) => state !== 'closed').map(({ id }) => id)
}

/** The process that keeps the chain; anvil dies with it. */
async function chainPid(): Promise<number> {
  const { pid } = await network.readJson('chain/lock')
  return Number(pid)
}

/** The bunny at 96 × 96, long enough for something to go wrong in its middle. */
async function writeSmallBunny(directory: string): Promise<string> {
  await mkdir(directory)
  const workload = JSON.parse(await readFile(join(repository, 'examples/bunny/workload.json'), 'utf8'))
  await writeFile(join(directory, 'workload.json'), JSON.stringify({ ...workload, prepare: 'prepare.ts' }))
  const source = JSON.stringify(join(repository, 'examples/bunny/prepare.ts'))
  const job = JSON.stringify({ width: 96, height: 96, samples: 128, seed: 1, device: 'cpu' })
  await writeFile(
    join(directory, 'prepare.ts'),
    [
      `import { writeFile } from 'node:fs/promises'`,
      `import { prepare as prepareBunny } from ${source}`,
      `export async function prepare(directory) {`,
      `  await prepareBunny(directory)`,
      `  await writeFile(directory + '/job.json', ${JSON.stringify(job)})`,
      `}`,
    ].join('\n'),
  )
  return directory
}

async function writeEndless(): Promise<string> {
  const path = join(scratch, 'endless.ts')
  await writeFile(path, `console.log('begun')\nsetInterval(() => {}, 1000)\n`)
  return path
}
