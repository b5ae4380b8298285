import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  attestAudit,
  createLedger,
  type Deployment,
  deployLedger,
  depositStake,
  enrollVerifier,
  findLatestAudit,
  type Ledger,
  postPrice,
  readLease,
  registerMachine,
  setEndpoint,
  startLease,
  transferTokens,
} from '@hotaru/chain'
import { createDevchain } from '@hotaru/devchain'
import type { Address, Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
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
  stop(): Promise<void>
}

export async function createChainWorld(): Promise<ChainWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-world-'))
  const devchain = await createDevchain({ directory: join(directory, 'chain'), chainId })
  const keyOf = (index: number): Hex => devchain.accounts[index]?.privateKey ?? '0x'
  const account = (index: number) => privateKeyToAccount(keyOf(index))
  const address = (index: number) => account(index).address
  const deployment = await deployLedger({
    ...{ account: account(0), name: 'local', chainId, rpcUrl: devchain.rpcUrl },
    parameters: {
      ...{ treasury: address(1), guardian: address(1), reporters: [address(2)] },
      ...{ burnBps: 500, unbondingSeconds: 14 * 86_400 },
    },
  })
  const as = (index: number) => createLedger({ deployment, account: account(index), pollMs: 20 })
  await fund(as(1), [2, 3, 4, 5, 7].map(address))
  await postPrice(as(2), { usdPerToken: 50_000n })
  const machineId = await addMachine(as(5), account(6), [as(2), as(3), as(4)])
  const key = as(6)
  const agent = await createFakeAgent({
    key: keyOf(6),
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
    ...{ home, directory, renter: address(7), agent, rpcUrl: devchain.rpcUrl },
    async stop() {
      await agent.stop()
      await devchain.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function fund(treasury: Ledger, accounts: readonly Address[]): Promise<void> {
  await Promise.all(accounts.map((to) => transferTokens(treasury, { to, amount: 2000n * oneToken })))
}

async function addMachine(
  owner: Ledger,
  key: Parameters<typeof registerMachine>[1]['key'],
  verifiers: readonly Ledger[],
): Promise<bigint> {
  await Promise.all(verifiers.map((verifier) => enrollVerifier(verifier)))
  await depositStake(owner, { amount: 200n * oneToken })
  const offer = { usdPerSlotHour: 100_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'container' } as const
  const endpoint = '/ip4/127.0.0.1/tcp/9'
  const { machineId } = await registerMachine(owner, { key, slots: 1, offer, endpoint, claim: '{}' })
  const auditId = (await findLatestAudit(owner, { machineId })) ?? 0n
  const verdict = { passed: true, class: { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 } } as const
  for (const verifier of verifiers) await attestAudit(verifier, { auditId, verdict })
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
