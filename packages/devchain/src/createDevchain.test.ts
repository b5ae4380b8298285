import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, createManualClock } from '@hotaru/base'
import type { Hex } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDevchain, type Devchain } from './createDevchain.ts'
import { callRpc, type RawBlock, signTransfer } from './testing/callRpc.ts'

const chainId = 31_503
let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-devchain-'))
})
afterEach(() => rm(directory, { recursive: true }))

async function latestTime({ rpcUrl }: Devchain): Promise<number> {
  return Number((await callRpc<RawBlock>(rpcUrl, 'eth_getBlockByNumber', 'latest', false)).timestamp)
}

test('a burst of 2,000 transfers is mined, none left waiting', async () => {
  await using devchain = await createDevchain({ directory, chainId })
  const [account] = devchain.accounts
  if (!account) throw new Error('no account')
  const raws = await Promise.all(Array.from({ length: 2000 }, (_, nonce) => signTransfer(account, nonce, chainId)))
  const calls = raws.map((raw, id) => ({ jsonrpc: '2.0', id, method: 'eth_sendRawTransaction', params: [raw] }))
  const batches = [calls.slice(0, 1000), calls.slice(1000)].map(async (batch) => {
    const response = await fetch(devchain.rpcUrl, { method: 'POST', body: JSON.stringify(batch) })
    const answers: { result?: string }[] = JSON.parse(await response.text())
    return answers
  })
  const answers = (await Promise.all(batches)).flat()
  expect(answers.filter(({ result }) => typeof result === 'string')).toHaveLength(2000)
  expect(Number(await callRpc(devchain.rpcUrl, 'eth_getTransactionCount', account.address, 'latest'))).toBe(2000)
})

test('time follows the wall clock while somebody looks, and never goes back, a restart included', async () => {
  const startSeconds = 1_800_000_000
  const manual = createManualClock(startSeconds * 1000)
  let jumpMs = 0
  const clock: Clock = { ...manual, unixMs: () => manual.unixMs() + jumpMs }
  {
    await using devchain = await createDevchain({ directory, chainId, clock })
    expect(await latestTime(devchain)).toBe(startSeconds)
    manual.advance(3_600_000)
    expect(await latestTime(devchain)).toBe(startSeconds + 3600)
    jumpMs = -1_800_000
    manual.advance(5000)
    expect(await latestTime(devchain)).toBe(startSeconds + 3600)
  }
  await using devchain = await createDevchain({ directory, chainId, clock })
  expect(await latestTime(devchain)).toBe(startSeconds + 3600)
  manual.advance(3_600_000)
  expect(await latestTime(devchain)).toBe(startSeconds + 3600 + 1805)
})

test('a chain that nobody reads makes no blocks', async () => {
  const clock = createManualClock(1_800_000_000_000)
  await using devchain = await createDevchain({ directory, chainId, clock })
  await callRpc(devchain.rpcUrl, 'eth_blockNumber')
  clock.advance(10 * 3_600_000)
  expect(await callRpc(devchain.rpcUrl, 'eth_chainId')).toBe('0x7b0f')
  expect(await callRpc(devchain.rpcUrl, 'eth_blockNumber')).toBe('0x2')
})

test('travel in time is for tests only, and survives a kill', async () => {
  const clock = createManualClock(1_800_000_000_000)
  {
    await using devchain = await createDevchain({ directory, chainId, clock })
    await expect(callRpc(devchain.rpcUrl, 'evm_increaseTime', 60)).rejects.toMatchObject({
      code: -32601,
      data: { hint: 'only a chain made with allowTestMethods offers it' },
    })
  }
  await using devchain = await createDevchain({ directory, chainId, clock, allowTestMethods: true })
  await callRpc(devchain.rpcUrl, 'evm_increaseTime', 86_400)
  process.kill(await devchain.enginePid(), 'SIGKILL')
  await callRpc(devchain.rpcUrl, 'evm_mine')
  expect(await latestTime(devchain)).toBe(1_800_086_400)
  await callRpc(devchain.rpcUrl, 'evm_setNextBlockTimestamp', 1_800_090_000)
  await callRpc(devchain.rpcUrl, 'anvil_mine', '0x3', '0xa')
  expect(await latestTime(devchain)).toBeGreaterThanOrEqual(1_800_086_430)
})

test('signs for nobody and offers nothing but reads and raw transactions', async () => {
  await using devchain = await createDevchain({ directory, chainId })
  expect(await callRpc(devchain.rpcUrl, 'eth_accounts')).toEqual([])
  for (const method of ['eth_sendTransaction', 'eth_sign', 'anvil_setBalance', 'evm_revert', 'anvil_dumpState']) {
    await expect(callRpc(devchain.rpcUrl, method), method).rejects.toMatchObject({ code: -32601 })
  }
})

test('accounts are made for one directory alone and only its owner can read them', async () => {
  const one = await createDevchain({ directory, chainId })
  const other = await createDevchain({ directory: join(directory, 'other'), chainId })
  await Promise.all([one.stop(), other.stop()])
  expect(one.accounts[0]?.address).not.toBe(other.accounts[0]?.address)
  expect((await stat(join(directory, 'accounts.json'))).mode & 0o777).toBe(0o600)
  expect(one.accounts).toHaveLength(20)
})

test('a mnemonic gives the accounts that every wallet makes of it', async () => {
  const mnemonic = 'test test test test test test test test test test test junk'
  await using devchain = await createDevchain({ directory, chainId, accounts: { mnemonic, count: 2 } })
  expect(devchain.accounts.map(({ address }) => address)).toEqual([
    '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
    '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  ])
  const ether = await callRpc<Hex>(devchain.rpcUrl, 'eth_getBalance', devchain.accounts[1]?.address, 'latest')
  expect(BigInt(ether)).toBe(10_000n * 10n ** 18n)
})

test('one directory has one supervisor; a dead one’s claim is taken over', async () => {
  const devchain = await createDevchain({ directory, chainId })
  await expect(createDevchain({ directory, chainId })).rejects.toMatchObject({
    name: 'Devchain.DirectoryTakenError',
    facts: { pid: process.pid },
  })
  const held = JSON.parse(await readFile(join(directory, 'lock'), 'utf8'))
  await devchain.stop()
  // The same pid with another start time: a pid that was used again.
  await writeFile(join(directory, 'lock'), JSON.stringify({ ...held, startedAt: '1', token: 'old' }))
  await (await createDevchain({ directory, chainId })).stop()
})

test('takes another port when the last one is in use, and refuses an asked one', async () => {
  const first = await createDevchain({ directory, chainId })
  await first.stop()
  const port = Number(new URL(first.rpcUrl).port)
  const squatter = createServer()
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve))
  const second = await createDevchain({ directory, chainId })
  expect(second.rpcUrl).not.toBe(first.rpcUrl)
  await second.stop()
  await expect(createDevchain({ directory, chainId, port })).rejects.toMatchObject({ name: 'Devchain.PortTakenError' })
  await new Promise((resolve) => squatter.close(resolve))
})

test('a batch is answered in its own order, and rubbish with an error', async () => {
  await using devchain = await createDevchain({ directory, chainId })
  const post = async (body: string) => JSON.parse(await (await fetch(devchain.rpcUrl, { method: 'POST', body })).text())
  const call = (id: number, method: string) => ({ jsonrpc: '2.0', id, method, params: [] })
  const answers: { id: number; result?: Hex }[] = await post(
    JSON.stringify([call(7, 'eth_chainId'), call(8, 'eth_accounts'), call(9, 'eth_blockNumber')]),
  )
  expect(answers.map(({ id }) => id)).toEqual([7, 8, 9])
  for (const body of ['', '{', '[]x', '5', JSON.stringify({ id: 1 })]) {
    expect(await post(body), body).toMatchObject({ error: { code: -32600 } })
  }
})
