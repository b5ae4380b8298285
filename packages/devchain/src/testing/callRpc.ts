import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { DevAccount } from '../devAccounts.ts'

/** One JSON-RPC call as a stranger would make it; rejects with the error object of the answer. */
export async function callRpc<T>(rpcUrl: string, method: string, ...params: unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const response = await fetch(rpcUrl, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  const answer: { result: T; error?: object } = JSON.parse(await response.text())
  if (answer.error) throw answer.error
  return answer.result
}

/** A signed transfer of one wei from `from` to nobody in particular. */
export function signTransfer(from: DevAccount, nonce: number, chainId: number): Promise<Hex> {
  return privateKeyToAccount(from.privateKey).signTransaction({
    ...{ type: 'eip1559', chainId, nonce, to: `0x${'ab'.repeat(20)}`, value: 1n, gas: 21_000n },
    ...{ maxFeePerGas: 100_000_000_000n, maxPriorityFeePerGas: 1n },
  })
}

export type RawBlock = { number: Hex; hash: Hex; parentHash: Hex; timestamp: Hex; transactions: Hex[] }

/** Every block of a chain, oldest first. */
export async function readBlocks(rpcUrl: string): Promise<RawBlock[]> {
  const last = Number(await callRpc<Hex>(rpcUrl, 'eth_blockNumber'))
  const numbers = Array.from({ length: last + 1 }, (_, number) => `0x${number.toString(16)}`)
  return Promise.all(numbers.map((number) => callRpc<RawBlock>(rpcUrl, 'eth_getBlockByNumber', number, false)))
}
