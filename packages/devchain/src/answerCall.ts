import { BaseError } from '@hotaru/base'
import type { Chain } from './Chain.ts'
import { EngineRefusalError, type RpcError } from './Engine.ts'

/** One call of JSON-RPC 2.0. */
export type Call = { jsonrpc?: unknown; id?: unknown; method: string; params?: unknown }

/** Whether a call only reads, so that its bytes can go to anvil as they are. */
export function isRead(method: string): boolean {
  return !changing.has(method) && readable.some((prefix) => method.startsWith(prefix)) && !hidden.test(method)
}

/** Whether an answer can depend on what the last block is. */
export function looksAtState(method: string): boolean {
  return isRead(method) && !['eth_chainId', 'net_version', 'web3_clientVersion'].includes(method)
}

/**
 * Answers one call.
 *
 * Reads go to anvil; `eth_sendRawTransaction` goes into the journal and a block. Calls that only a test may make, time
 * travel above all, are refused unless `allowTestMethods`. There are no accounts anvil would sign for.
 */
export async function answerCall(chain: Chain, call: Call, { allowTestMethods }: { allowTestMethods: boolean }) {
  const { id = null, method } = call
  try {
    if (isRead(method)) return JSON.parse((await chain.read(Buffer.from(JSON.stringify(call)))).toString())
    const change = changing.get(method) ?? (allowTestMethods ? testing.get(method) : undefined)
    if (!change) throw new MethodRefusedError({ method, isTest: testing.has(method) })
    const params: readonly unknown[] = Array.isArray(call.params) ? call.params : []
    return { jsonrpc: '2.0', id, result: await change(chain, params) }
  } catch (error) {
    return { jsonrpc: '2.0', id, error: toRpcError(error) }
  }
}

type Change = (chain: Chain, params: readonly unknown[]) => Promise<unknown>

/** Namespaces whose calls only read, less the exceptions of `hidden`. */
const readable = ['eth_', 'net_', 'web3_', 'txpool_', 'debug_trace', 'trace_', 'ots_']
/** Calls in those namespaces that would have anvil sign, or put a transaction past the journal. */
const hidden = /^eth_(send|sign|accounts|requestAccounts|fillTransaction|resend|subscribe|unsubscribe)/

const changing: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['eth_accounts', async () => []],
  [
    'eth_sendRawTransaction',
    async (chain, [raw]) => {
      if (typeof raw !== 'string') throw new InvalidParamsError({ method: 'eth_sendRawTransaction' })
      return chain.send(raw)
    },
  ],
])

const alter =
  (method: string): Change =>
  (chain, params) =>
    chain.alter(method, params)

const testing: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['evm_increaseTime', (chain, [seconds]) => chain.travel(() => toNumber('evm_increaseTime', seconds))],
  [
    'evm_setNextBlockTimestamp',
    async (chain, [to]) => {
      const target = toNumber('evm_setNextBlockTimestamp', to)
      await chain.travel((time) => {
        if (target < time) throw new InvalidParamsError({ method: 'evm_setNextBlockTimestamp' })
        return target - time
      })
      return null
    },
  ],
  ['evm_mine', (chain) => chain.mine(1).then(() => '0x0')],
  ['anvil_mine', (chain, params) => mineSome(chain, params)],
  ['hardhat_mine', (chain, params) => mineSome(chain, params)],
  ['anvil_setBalance', alter('anvil_setBalance')],
  ['anvil_setCode', alter('anvil_setCode')],
  ['anvil_setStorageAt', alter('anvil_setStorageAt')],
  ['anvil_setNonce', alter('anvil_setNonce')],
])

async function mineSome(chain: Chain, [count = 1, intervalSeconds]: readonly unknown[]): Promise<null> {
  const interval = intervalSeconds === undefined || Number(intervalSeconds) === 0 ? undefined : intervalSeconds
  const blocks = toNumber('anvil_mine', count)
  if (blocks > mostBlocksAtOnce) throw new InvalidParamsError({ method: 'anvil_mine' })
  await chain.mine(blocks, interval === undefined ? undefined : toNumber('anvil_mine', interval))
  return null
}

/** The line of changes stands still meanwhile: at about a millisecond a block this is ten seconds. */
const mostBlocksAtOnce = 10_000

function toNumber(method: string, value: unknown): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidParamsError({ method })
  return number
}

function toRpcError(error: unknown): RpcError {
  if (error instanceof EngineRefusalError) return error.error
  if (error instanceof MethodRefusedError) return { code: -32601, message: error.message, data: { hint: error.hint } }
  if (error instanceof InvalidParamsError) return { code: -32602, message: error.message }
  if (error instanceof BaseError)
    return { code: -32000, message: error.message, data: { name: error.name, hint: error.hint } }
  return { code: -32603, message: error instanceof Error ? error.message : String(error) }
}

export class MethodRefusedError extends BaseError {
  override readonly name = 'Devchain.MethodRefusedError'

  constructor({ method, isTest }: { method: string; isTest: boolean }) {
    super(
      `Cannot call "${method}": the chain does not offer it, expected a call that reads or eth_sendRawTransaction`,
      {
        hint: isTest
          ? 'only a chain made with allowTestMethods offers it'
          : 'sign on your side and send the raw transaction',
      },
    )
  }
}

class InvalidParamsError extends BaseError {
  override readonly name = 'Devchain.InvalidParamsError'

  constructor({ method }: { method: string }) {
    super(`Cannot call "${method}": a parameter is missing or out of range, expected those of its description`)
  }
}
