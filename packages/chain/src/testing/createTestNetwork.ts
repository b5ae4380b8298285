import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDevchain, type Devchain } from '@hotaru/devchain'
import type { Offer } from '@hotaru/protocol'
import type { LocalAccount } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { attestAudit } from '../attestAudit.ts'
import { createLedger, type Ledger } from '../createLedger.ts'
import type { Deployment } from '../Deployment.ts'
import { deployLedger } from '../deployLedger.ts'
import { depositStake } from '../depositStake.ts'
import { enrollVerifier } from '../enrollVerifier.ts'
import { postPrice } from '../postPrice.ts'
import { findLatestAudit } from '../readAudit.ts'
import { registerMachine } from '../registerMachine.ts'
import { transferTokens } from '../transferTokens.ts'

export const chainId = 31_510
export const oneToken = 10n ** 18n
/** 0.36 dollars an hour at 0.05 dollars a token: 0.002 tokens a second. */
export const offer: Offer = { usdPerSlotHour: 360_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'process' }
export const rate = 2n * 10n ** 15n

/** A real chain with a real ledger: treasury, three reporters and verifiers, an owner with an audited machine, renters. */
export type TestNetwork = {
  devchain: Devchain
  deployment: Deployment
  /** A ledger of the n-th dev account. */
  as(index: number): Ledger
  owner: Ledger
  key: Ledger
  renters: readonly [Ledger, Ledger]
  machineId: bigint
  travel(seconds: number): Promise<void>
  stop(): Promise<void>
}

export async function createTestNetwork(): Promise<TestNetwork> {
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-chain-'))
  const devchain = await createDevchain({ directory, chainId, allowTestMethods: true })
  const account = (index: number) => privateKeyToAccount(devchain.accounts[index]?.privateKey ?? '0x')
  const address = (index: number) => account(index).address
  const deployment = await deployLedger({
    ...{ account: account(0), name: 'test', chainId, rpcUrl: devchain.rpcUrl },
    parameters: {
      ...{ treasury: address(1), guardian: address(2), reporters: [address(3), address(4), address(5)] },
      ...{ burnBps: 500, unbondingSeconds: 14 * 86_400 },
    },
  })
  const as = (index: number) => createLedger({ deployment, account: account(index), pollMs: 20 })
  const rpc = (method: string, params: unknown[]) =>
    fetch(devchain.rpcUrl, { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) })
  const travel = async (seconds: number) => {
    await rpc('evm_increaseTime', [seconds])
    await rpc('evm_mine', [])
  }
  const treasury = as(1)
  const verifiers = [as(3), as(4), as(5)]
  const funded = [3, 4, 5, 6, 8, 9].map((index) =>
    transferTokens(treasury, { to: address(index), amount: 2000n * oneToken }),
  )
  await Promise.all(funded)
  await Promise.all(verifiers.map((reporter) => postPrice(reporter, { usdPerToken: 50_000n })))
  await Promise.all(verifiers.map((verifier) => enrollVerifier(verifier)))
  const owner = as(6)
  const machineId = await addMachine(owner, account(7), verifiers)
  const stop = async () => {
    await devchain.stop()
    await rm(directory, { recursive: true })
  }
  return { devchain, deployment, as, owner, key: as(7), renters: [as(8), as(9)], machineId, travel, stop }
}

/** Registers a machine of two slots and has the verifiers pass it. */
async function addMachine(owner: Ledger, key: LocalAccount, verifiers: readonly Ledger[]): Promise<bigint> {
  await depositStake(owner, { amount: 200n * oneToken })
  const endpoint = '/ip4/127.0.0.1/tcp/4001'
  const { machineId } = await registerMachine(owner, { key, slots: 2, offer, endpoint, claim: '{}' })
  const auditId = await findLatestAudit(owner, { machineId })
  const measured = { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 2 } as const
  const verdict = { passed: true, class: measured } as const
  for (const verifier of verifiers) await attestAudit(verifier, { auditId: auditId ?? 0n, verdict })
  return machineId
}
