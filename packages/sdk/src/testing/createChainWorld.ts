import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Deployment, depositStake, readLease, registerMachine, setEndpoint, startLease } from '@hotaru/chain'
import { createTestLedger, type TestLedger } from '@hotaru/chain/testing'
import { createDevchain } from '@hotaru/devchain'
import type { Address, Hex } from 'viem'
import { createFakeAgent, type FakeAgent } from './createFakeAgent.ts'

const oneToken = 10n ** 18n
const chainId = 31_511

/** A real chain with one audited machine, whose agent is the fake one, and a home as a renter has it. */
export type ChainWorld = {
  /** `HOTARU_HOME`, with the network `local` and the renter's wallet. */
  home: string
  directory: string
  renter: Address
  agent: FakeAgent
  rpcUrl: string
  machineId: bigint
  chain: TestLedger
  stop(): Promise<void>
}

export async function createChainWorld(): Promise<ChainWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-world-'))
  const devchain = await createDevchain({ directory: join(directory, 'chain'), chainId, allowTestMethods: true })
  const keyOf = (index: number): Hex => devchain.accounts[index]?.privateKey ?? '0x'
  const ledger = await createTestLedger(devchain, { name: 'local', chainId })
  const { deployment, as, account } = ledger
  const address = (index: number) => account(index).address
  await ledger.fund([6, 7])
  const machineId = await addMachine(ledger)
  const key = as(8)
  const agent = await createFakeAgent({
    key: keyOf(8),
    machineId,
    ledger: {
      domain: { chainId, leases: deployment.addresses.leases },
      findLease: (leaseId) => readLease(key, { leaseId }),
      start: (leaseId) => startLease(key, { leaseId }),
    },
  })
  await setEndpoint(key, { machineId, endpoint: agent.endpoint() })
  const home = join(directory, 'home')
  await writeHome(home, { deployment, rpcUrl: devchain.rpcUrl, privateKey: keyOf(7), address: address(7) })
  return {
    ...{ home, directory, renter: address(7), agent, rpcUrl: devchain.rpcUrl, machineId, chain: ledger },
    async stop() {
      await agent.stop()
      await devchain.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function addMachine({ as, account, passAudit }: TestLedger): Promise<bigint> {
  const owner = as(6)
  await depositStake(owner, { amount: 200n * oneToken })
  const offer = { usdPerSlotHour: 100_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'container' } as const
  const endpoint = '/ip4/127.0.0.1/tcp/9'
  const { machineId } = await registerMachine(owner, { key: account(8), slots: 1, offer, endpoint, claim: '{}' })
  await passAudit(owner, machineId, { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 })
  return machineId
}

type Home = { deployment: Deployment; rpcUrl: string; privateKey: Hex; address: Address }

async function writeHome(home: string, { deployment, rpcUrl, privateKey, address }: Home): Promise<void> {
  const wallet = join(home, 'local', 'wallet.json')
  await mkdir(join(home, 'local'), { recursive: true })
  await writeFile(wallet, JSON.stringify({ address, privateKey }), { mode: 0o600 })
  const network = { name: 'local', rpcUrl, deployment, wallet }
  await writeFile(join(home, 'local', 'network.json'), JSON.stringify(network))
}
