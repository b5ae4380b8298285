import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDevchain, type Devchain } from '@hotaru/devchain'
import type { Offer } from '@hotaru/protocol'
import type { Ledger } from '../createLedger.ts'
import { depositStake } from '../depositStake.ts'
import { registerMachine } from '../registerMachine.ts'
import { createTestLedger, type TestLedger } from './createTestLedger.ts'

export const chainId = 31_510
export const oneToken = 10n ** 18n
/** 0.36 dollars an hour at 0.05 dollars a token: 0.002 tokens a second. */
export const offer: Offer = { usdPerSlotHour: 360_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'process' }
export const rate = 2n * 10n ** 15n
export const measured = { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 2 } as const

/** A real chain with a real ledger: reporters and verifiers, an owner with an audited machine of two slots, two renters. */
export type TestNetwork = TestLedger & {
  devchain: Devchain
  owner: Ledger
  key: Ledger
  renters: readonly [Ledger, Ledger]
  machineId: bigint
  stop(): Promise<void>
}

export async function createTestNetwork(): Promise<TestNetwork> {
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-chain-'))
  const devchain = await createDevchain({ directory, chainId, allowTestMethods: true })
  const ledger = await createTestLedger(devchain, { name: 'test', chainId })
  const { as, account } = ledger
  await ledger.fund([6, 8, 9])
  const owner = as(6)
  await depositStake(owner, { amount: 200n * oneToken })
  const endpoint = '/ip4/127.0.0.1/tcp/4001'
  const { machineId } = await registerMachine(owner, { key: account(7), slots: 2, offer, endpoint, claim: '{}' })
  await ledger.passAudit(owner, machineId, measured)
  const stop = async () => {
    await devchain.stop()
    await rm(directory, { recursive: true })
  }
  return { ...ledger, devchain, owner, key: as(7), renters: [as(8), as(9)], machineId, stop }
}
