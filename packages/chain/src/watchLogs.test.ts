import { leasesAbi } from '@hotaru/contracts'
import { custom, encodeAbiParameters, encodeEventTopics, type Hex, numberToHex, pad } from 'viem'
import { expect, test } from 'vitest'
import { createLedger } from './createLedger.ts'
import { testParameters } from './testing/testParameters.ts'
import { watchLogs } from './watchLogs.ts'

const address: Hex = `0x${'aa'.repeat(20)}`
const names = ['token', 'prices', 'stakes', 'audits', 'machines', 'leases']

/** A chain with knobs at the RPC boundary: blocks can be replaced, and the node can be down. */
function createFakeChain() {
  const blocks: { hash: Hex; leases: bigint[] }[] = []
  const knobs = { down: false, ranges: [] as { from: number; to: number }[] }
  let made = 0
  const hashOf = () => pad(numberToHex(++made))
  const block = (number: number) => ({
    number: numberToHex(number),
    hash: blocks[number]?.hash,
    timestamp: '0x0',
    transactions: [],
  })
  const log = (number: number, leaseId: bigint, index: number) => ({
    ...{ address, blockNumber: numberToHex(number), blockHash: blocks[number]?.hash, logIndex: numberToHex(index) },
    ...{ transactionHash: pad(numberToHex(leaseId)), transactionIndex: '0x0', removed: false },
    topics: encodeEventTopics({ abi: leasesAbi, eventName: 'Started', args: { leaseId } }),
    data: encodeAbiParameters([{ type: 'uint256' }], [1n]),
  })
  const transport = custom({
    async request({ method, params }) {
      if (knobs.down) throw new Error('down')
      if (method === 'eth_getBlockByNumber') return block(blocks.length - 1)
      if (method !== 'eth_getLogs') throw new Error(`unexpected ${method}`)
      const [from, to] = [Number(params[0].fromBlock), Number(params[0].toBlock)]
      knobs.ranges.push({ from, to })
      return blocks.flatMap(({ leases }, number) =>
        number < from || number > to ? [] : leases.map((leaseId, index) => log(number, leaseId, index)),
      )
    },
  })
  return {
    ...{ transport, knobs },
    add: (...leases: bigint[]) => blocks.push({ hash: hashOf(), leases }),
    /** Takes blocks off the end, as a reorganisation does before it adds others. */
    drop: (count: number) => blocks.splice(-count),
  }
}

function watch(chain: ReturnType<typeof createFakeChain>, options: watchLogsOptions) {
  const deployment = {
    ...{ name: 'fake', chainId: 1, rpcUrl: 'http://127.0.0.1:1', block: 0 },
    addresses: Object.fromEntries(names.map((name) => [name, address])) as never,
    parameters: testParameters({ holder: address, guardian: address, reporters: [address], beacon: address }),
  }
  const ledger = createLedger({ deployment, transport: chain.transport, retryCount: 0 })
  return watchLogs(ledger, { abi: leasesAbi, address }, { pollMs: 0, ...options })
}
type watchLogsOptions = Parameters<typeof watchLogs>[2]

async function take(watching: ReturnType<typeof watch>, count: number): Promise<string[]> {
  const taken: string[] = []
  while (taken.length < count) {
    const { value } = await watching.next()
    if (!value) break
    const { leaseId } = value.log.args as { leaseId: bigint }
    taken.push(`${value.removed ? '-' : '+'}${leaseId}`)
  }
  return taken
}

test('yields each event once, however often its block is read again', async () => {
  const chain = createFakeChain()
  chain.add()
  chain.add(1n, 2n)
  const watching = watch(chain, { fromBlock: 0n })
  expect(await take(watching, 2)).toEqual(['+1', '+2'])
  chain.add(3n)
  chain.add()
  chain.add(4n)
  expect(await take(watching, 2)).toEqual(['+3', '+4'])
})

test('begins at the block it is told, and asks for no more than a thousand blocks at once', async () => {
  const chain = createFakeChain()
  for (let number = 0; number < 2500; number++) chain.add(BigInt(number))
  const watching = watch(chain, { fromBlock: 400n })
  expect(await take(watching, 2100)).toEqual(Array.from({ length: 2100 }, (_, index) => `+${400 + index}`))
  expect(chain.knobs.ranges).toEqual([
    { from: 400, to: 1399 },
    { from: 1400, to: 2399 },
    { from: 2400, to: 2499 },
  ])
})

test('says what a reorganisation took back, and yields what came instead', async () => {
  const chain = createFakeChain()
  chain.add(1n)
  chain.add(2n)
  const watching = watch(chain, { fromBlock: 0n })
  expect(await take(watching, 2)).toEqual(['+1', '+2'])
  chain.drop(1)
  chain.add(5n)
  expect(await take(watching, 2)).toEqual(['-2', '+5'])
})

test('an outage is told, lived through, and loses nothing', async () => {
  const chain = createFakeChain()
  chain.add(1n)
  const troubles: string[] = []
  const watching = watch(chain, {
    fromBlock: 0n,
    onTrouble(error) {
      troubles.push(error.message)
      chain.knobs.down = false
    },
  })
  expect(await take(watching, 1)).toEqual(['+1'])
  chain.add(2n)
  chain.knobs.down = true
  expect(await take(watching, 1)).toEqual(['+2'])
  expect(troubles).toHaveLength(1)
})

test('ends without an error when it is aborted', async () => {
  const chain = createFakeChain()
  chain.add(1n)
  const stop = new AbortController()
  const watching = watch(chain, { fromBlock: 0n, signal: stop.signal })
  expect(await take(watching, 1)).toEqual(['+1'])
  stop.abort()
  expect((await watching.next()).done).toBe(true)
})
