import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, watch } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Hex } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDevchain } from './createDevchain.ts'
import { type DevAccount, devAccounts } from './devAccounts.ts'
import { callRpc, readBlocks, signTransfer } from './testing/callRpc.ts'

const chainId = 31_501
let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-devchain-'))
})
afterEach(() => rm(directory, { recursive: true }))

/** All acknowledged hashes have a receipt, and the blocks are one unbroken line whose times never go back. */
async function expectNothingLost(rpcUrl: string, acknowledged: readonly string[]): Promise<void> {
  const blocks = await readBlocks(rpcUrl)
  blocks.forEach((block, index) => {
    const before = blocks[index - 1]
    if (!before) return
    expect(block.parentHash).toBe(before.hash)
    expect(Number(block.timestamp)).toBeGreaterThanOrEqual(Number(before.timestamp))
  })
  const mined = new Set(blocks.flatMap((block) => block.transactions))
  expect(acknowledged.filter((hash) => !mined.has(hash as Hex))).toEqual([])
  const last = acknowledged.at(-1)
  expect(await callRpc(rpcUrl, 'eth_getTransactionReceipt', last)).toMatchObject({
    status: '0x1',
    transactionHash: last,
  })
}

test('anvil killed again and again under load: every acknowledged transaction is there', async () => {
  await using devchain = await createDevchain({ directory, chainId, saveAfterTransactions: 40 })
  const { rpcUrl, accounts } = devchain
  const acknowledged: string[] = []
  let killed = 0
  const load = accounts.slice(0, 4).map(async (account, index) => {
    for (let nonce = 0; nonce < 40; nonce++) {
      acknowledged.push(
        await callRpc<Hex>(rpcUrl, 'eth_sendRawTransaction', await signTransfer(account, nonce, chainId)),
      )
      // Odd distances between the kills, so that they fall into different moments of a block.
      if (nonce % 13 === 3 * index) {
        killed++
        process.kill(await devchain.enginePid(), 'SIGKILL')
      }
    }
  })
  await Promise.all(load)
  expect(killed).toBeGreaterThan(8)
  expect(acknowledged).toHaveLength(160)
  await expectNothingLost(rpcUrl, acknowledged)
})

test('the supervisor killed under load and in the middle of snapshots: nothing acknowledged is lost', async () => {
  const acknowledged: string[] = []
  for (const moment of ['load', 'snapshot', 'load', 'snapshot'] as const) {
    const { child, rpcUrl, enginePid } = await startSupervisor()
    const account = (await devAccounts(directory))[0]
    const killed = moment === 'snapshot' ? killAtSnapshot(child) : undefined
    await sendUntilDead(rpcUrl, account, acknowledged, () => {
      if (moment === 'load' && acknowledged.length % 17 === 16) child.kill('SIGKILL')
    })
    await killed
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    await expect.poll(() => isAlive(enginePid), { interval: 5 }).toBe(false)
  }
  await using devchain = await createDevchain({ directory, chainId })
  expect(acknowledged.length).toBeGreaterThan(30)
  await expectNothingLost(devchain.rpcUrl, acknowledged)
})

async function startSupervisor(): Promise<{ child: ChildProcess; rpcUrl: string; enginePid: number }> {
  const script = join(import.meta.dirname, 'testing/serveChain.ts')
  const child = spawn(process.execPath, [script, directory, String(chainId)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, ...JSON.parse(line) }
}

/** Kills the supervisor at the first sign that a snapshot is being written beside the old one. */
async function killAtSnapshot(child: ChildProcess): Promise<void> {
  for await (const { filename } of watch(directory)) {
    if (!filename?.startsWith('snapshot-')) continue
    child.kill('SIGKILL')
    return
  }
}

async function sendUntilDead(
  rpcUrl: string,
  account: DevAccount | undefined,
  acknowledged: string[],
  onAcknowledged: () => void,
): Promise<void> {
  if (!account) return
  try {
    for (let nonce = Number(await callRpc(rpcUrl, 'eth_getTransactionCount', account.address, 'latest')); ; nonce++) {
      acknowledged.push(
        await callRpc<Hex>(rpcUrl, 'eth_sendRawTransaction', await signTransfer(account, nonce, chainId)),
      )
      onAcknowledged()
    }
  } catch (error) {
    // fetch failed: the supervisor is dead, which is the end of this load. An error of the chain would be an object.
    if (!(error instanceof TypeError)) throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
