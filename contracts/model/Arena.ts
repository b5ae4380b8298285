import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { approveTokens, depositStake, type Ledger, registerMachine, registerOperator } from '@hotaru/chain'
import { createTestLedger, type TestLedger } from '@hotaru/chain/testing'
import { machinesAbi, pricesAbi } from '@hotaru/contracts'
import { createDevchain } from '@hotaru/devchain'
import type { Offer } from '@hotaru/protocol'
import { maxUint256 } from 'viem'
import type { LedgerModel, MachineModel, Party, Terms } from './LeaseModel.ts'

const oneToken = 10n ** 18n
const chainId = 31_511
/** Six slots in all, so that audits move the network up and down this table. */
const burnSteps = [
  { fromSlots: 0, bps: 500 },
  { fromSlots: 3, bps: 733 },
  { fromSlots: 5, bps: 1250 },
]
const terms: Terms = {
  ...{ usdPerSlotHour: 360_000n, preemptibleUsdPerSlotHour: 120_001n, preemptible: true },
  ...{ minSeconds: 60, maxSeconds: 86_400 },
}
/** Idle time for nothing. */
const idleTerms: Terms = { ...terms, preemptibleUsdPerSlotHour: 0n }

/** Whose names the model knows, and which account of the chain each of them is. The cloud is one of the renters. */
export const accounts: Readonly<Record<Party, number>> = {
  ...{ 'owner A': 6, 'key A': 7, 'owner B': 12, 'key B': 13 },
  ...{ 'renter A': 8, 'renter B': 9, cloud: 10, stranger: 14 },
}
export const renters = ['renter A', 'renter B', 'cloud'] as const
export const moneyed = [...renters, 'owner A', 'owner B'] as const

/** The real contracts with two audited machines, and the model of them as they are then. */
export type Arena = { ledger: TestLedger; model: LedgerModel; stop(): Promise<void> }

/** Deploys the whole ledger on a chain of its own. */
export async function createArena(): Promise<Arena> {
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-model-'))
  const devchain = await createDevchain({ directory, chainId, allowTestMethods: true })
  const ledger = await createTestLedger(devchain, { name: 'model', chainId, parameters: { burnSteps } })
  await ledger.fund(moneyed.map((party) => accounts[party] ?? 0))
  const machines = [await setUpMachine(ledger, 'A', 4, terms), await setUpMachine(ledger, 'B', 2, idleTerms)]
  await registerOperator(ledger.as(accounts.cloud ?? 0), { name: 'Cloud', feeCapBps: 1000 })
  const { leases } = ledger.deployment.addresses
  for (const renter of renters)
    await approveTokens(ledger.as(accounts[renter] ?? 0), { spender: leases, value: maxUint256 })
  const [usdPerToken, freshUntil] = await ledger.as(0).client.readContract({
    ...{ abi: pricesAbi, address: ledger.deployment.addresses.prices, functionName: 'latest' },
  })
  const model: LedgerModel = {
    ...{ machines, leases: [], rejects: {}, usdPerToken, priceFreshUntil: Number(freshUntil) },
    wallets: Object.fromEntries(
      moneyed.map((party) => [party, (party.startsWith('owner') ? 4000n : 5000n) * oneToken]),
    ),
    purses: ['owner A', 'owner B', 'cloud'].map((party) => ({ party, amount: 0n })),
    operator: { party: 'cloud', feeCapBps: 1000n },
    burnSteps: burnSteps.map(({ fromSlots, bps }) => ({ fromSlots, bps: BigInt(bps) })),
    ...{ burnBps: 1250n, pendingBurn: 0n, totalBurnt: 0n },
  }
  const stop = async () => {
    await devchain.stop()
    await rm(directory, { recursive: true })
  }
  return { ledger, model, stop }
}

/** The terms as the ledger's clients say them. */
function toOffer({ preemptible, preemptibleUsdPerSlotHour, usdPerSlotHour, minSeconds, maxSeconds }: Terms): Offer {
  return {
    ...{ usdPerSlotHour, minSeconds, maxSeconds, tier: 'process' },
    ...(preemptible && { preemptibleUsdPerSlotHour }),
  }
}

export function classOf(slots: number) {
  return { kind: 'cpu', computeBand: 57, memoryBand: 68, slots } as const
}

async function setUpMachine(ledger: TestLedger, name: 'A' | 'B', slots: number, terms: Terms): Promise<MachineModel> {
  const owner: Ledger = ledger.as(accounts[`owner ${name}`] ?? 0)
  const key = ledger.account(accounts[`key ${name}`] ?? 0)
  await depositStake(owner, { amount: 1000n * oneToken })
  const endpoint = '/ip4/127.0.0.1/tcp/4001'
  const registration = { key, slots, offer: toOffer(terms), endpoint, claim: '{}' }
  const { machineId } = await registerMachine(owner, registration)
  await ledger.passAudit(owner, machineId, classOf(slots))
  const { lastSeen, classUntil } = await owner.client.readContract({
    ...{ abi: machinesAbi, address: ledger.deployment.addresses.machines, functionName: 'machine', args: [machineId] },
  })
  return { owner: `owner ${name}`, key: `key ${name}`, slots, terms, verified: slots, lastSeen, classUntil }
}
