import { copyFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@hotaru/base'
import { systemClock } from '@hotaru/base/async'
import type { Hex } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Chain } from './Chain.ts'
import { createDevchain, type Devchain } from './createDevchain.ts'
import { findAnvil } from './findAnvil.ts'
import { readGenerations } from './generations.ts'
import { callRpc, signTransfer } from './testing/callRpc.ts'

const chainId = 31_502
let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-devchain-'))
})
afterEach(() => rm(directory, { recursive: true }))

async function transfer({ rpcUrl, accounts }: Devchain, nonce: number): Promise<Hex> {
  const [account] = accounts
  if (!account) throw new Error('no account')
  return callRpc<Hex>(rpcUrl, 'eth_sendRawTransaction', await signTransfer(account, nonce, chainId))
}

async function receipts({ rpcUrl }: Devchain, hashes: readonly Hex[]): Promise<unknown[]> {
  const all = hashes.map((hash) => callRpc<{ status: string } | null>(rpcUrl, 'eth_getTransactionReceipt', hash))
  return (await Promise.all(all)).map((receipt) => receipt?.status)
}

async function newest(pattern: RegExp): Promise<string> {
  const name = (await readdir(directory))
    .filter((each) => pattern.test(each))
    .sort()
    .at(-1)
  return join(directory, name ?? 'none')
}

/** Two snapshots with a transaction before, between and after them. */
async function makeChain(): Promise<Hex[]> {
  await using devchain = await createDevchain({ directory, chainId })
  const hashes: Hex[] = []
  for (let nonce = 0; nonce < 3; nonce++) {
    hashes.push(await transfer(devchain, nonce))
    await devchain.save()
  }
  hashes.push(await transfer(devchain, 3))
  return hashes
}

test('comes back with the same blocks, on the same port', async () => {
  const first = await createDevchain({ directory, chainId })
  const hash = await transfer(first, 0)
  const receipt = await callRpc(first.rpcUrl, 'eth_getTransactionReceipt', hash)
  await first.stop()
  await using second = await createDevchain({ directory, chainId })
  expect(second.rpcUrl).toBe(first.rpcUrl)
  expect(await callRpc(second.rpcUrl, 'eth_getTransactionReceipt', hash)).toEqual(receipt)
})

test('a damaged newest snapshot falls back to the one before and its journal, and is replaced', async () => {
  const hashes = await makeChain()
  const path = await newest(/^snapshot/)
  const content = await readFile(path)
  content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1
  await writeFile(path, content)
  for (const time of ['first', 'second'] as const) {
    await using devchain = await createDevchain({ directory, chainId })
    expect(await receipts(devchain, hashes), time).toEqual(hashes.map(() => '0x1'))
  }
})

test('with no whole snapshot left it says so and touches nothing', async () => {
  await makeChain()
  for (const name of await readdir(directory)) {
    if (name.startsWith('snapshot')) await truncate(join(directory, name), 100)
  }
  await expect(createDevchain({ directory, chainId })).rejects.toMatchObject({ name: 'Devchain.NoGoodSnapshotError' })
})

test('a journal torn at any byte of its last record keeps all before it', async () => {
  {
    await using devchain = await createDevchain({ directory, chainId })
    await transfer(devchain, 0)
    await devchain.save()
    await transfer(devchain, 1)
    await copyFile(await newest(/^journal/), join(directory, 'before'))
    await transfer(devchain, 2)
    await copyFile(await newest(/^journal/), join(directory, 'after'))
  }
  const before = await readFile(join(directory, 'before'))
  const after = await readFile(join(directory, 'after'))
  await rm(await newest(/^journal/))
  await rm(await newest(/^snapshot/))
  const journal = await newest(/^journal/)
  for (let size = before.length; size < after.length; size++) {
    await writeFile(journal, after.subarray(0, size))
    const read = await readGenerations(directory, silentLogger)
    await read.journal.close()
    expect(read.generations.at(-1)?.records).toHaveLength(1)
  }
  await writeFile(journal, after.subarray(0, after.length - 1))
  await using devchain = await createDevchain({ directory, chainId })
  expect(await transfer(devchain, 2)).toMatch(/^0x/)
})

test('a transaction with a later nonce waits through snapshot and restart until the gap is filled', async () => {
  const first = await createDevchain({ directory, chainId })
  const later = await transfer(first, 1)
  expect(await receipts(first, [later])).toEqual([undefined])
  await first.stop()
  await using second = await createDevchain({ directory, chainId })
  const earlier = await transfer(second, 0)
  expect(await receipts(second, [earlier, later])).toEqual(['0x1', '0x1'])
})

test('a refused transaction gets anvil’s own error and does not poison the replay', async () => {
  const first = await createDevchain({ directory, chainId })
  const hash = await transfer(first, 0)
  await expect(transfer(first, 0)).rejects.toEqual({ code: -32003, message: 'nonce too low' })
  process.kill(await first.enginePid(), 'SIGKILL')
  expect(await receipts(first, [hash, await transfer(first, 1)])).toEqual(['0x1', '0x1'])
  await first.stop()
})

test('a directory of another chain id is refused', async () => {
  await (await createDevchain({ directory, chainId })).stop()
  await expect(createDevchain({ directory, chainId: 5 })).rejects.toThrowError(
    /made with chain id "31502", expected "5"/,
  )
})

test('an anvil that dies in every restore is given up with an error that says so, and the directory is kept', async () => {
  const hashes = await makeChain()
  const broken = join(directory, 'broken')
  const binary = join(directory, 'anvil')
  await writeFile(binary, `#!/bin/sh\n[ -e "${broken}" ] && exit 1\nexec "${findAnvil()}" "$@"\n`, { mode: 0o755 })
  const failures: string[] = []
  const chain = await Chain.open({
    ...{ directory, binary, chainId, clock: systemClock, log: silentLogger },
    ...{ idleBlockMs: 1e9, saveAfterTransactions: 100, saveAfterMs: 1e9 },
    onFailure: (error) => failures.push(error.name),
  })
  await writeFile(broken, '')
  process.kill(await chain.enginePid(), 'SIGKILL')
  await expect(chain.send('0x00')).rejects.toMatchObject({
    name: 'Devchain.EngineKeepsDyingError',
    facts: { attempts: 3 },
  })
  expect(failures).toEqual(['Devchain.EngineKeepsDyingError'])
  await chain.stop()
  await using devchain = await createDevchain({ directory, chainId })
  expect(await receipts(devchain, hashes)).toEqual(hashes.map(() => '0x1'))
})
