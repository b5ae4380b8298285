import type { Devchain } from '@hotaru/devchain'
import { type Class, encodeVerdict } from '@hotaru/protocol'
import { type Hex, type LocalAccount, zeroHash } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { createLedger, type Ledger } from '../createLedger.ts'
import type { Deployment } from '../Deployment.ts'
import { deployLedger } from '../deployLedger.ts'
import { enrollReporter } from '../enrollReporter.ts'
import { enrollVerifier } from '../enrollVerifier.ts'
import { finishAudit } from '../finishAudit.ts'
import type { Parameters } from '../Parameters.ts'
import { postPrices } from '../postPrices.ts'
import { postTranscript } from '../postTranscript.ts'
import { findLatestAudit, readAudit } from '../readAudit.ts'
import { readTime } from '../readTime.ts'
import { requestAudit } from '../requestAudit.ts'
import { signObservation } from '../signObservation.ts'
import { transferTokens } from '../transferTokens.ts'
import { type Court, createCourt } from './createCourt.ts'
import { testParameters } from './testParameters.ts'

const oneToken = 10n ** 18n

/**
 * A whole ledger on a development chain that allows its test methods, with a price, and three accounts (3, 4, 5) that are reporters and verifiers.
 * Account 1 holds the tokens, 2 is the guardian, 11 signs the beacon.
 */
export type TestLedger = {
  deployment: Deployment
  /** A ledger of the n-th dev account. */
  as(index: number): Ledger
  account(index: number): LocalAccount
  fund(indexes: readonly number[]): Promise<void>
  postPrice(usdPerToken: bigint): Promise<void>
  /** Moves the chain's clock. */
  travel(seconds: number): Promise<void>
  /** Has the machine pass its newest audit, or a new one, with this class; `machineSide` is its owner or key. */
  passAudit(machineSide: Ledger, machineId: bigint, measured: Class, staged?: Staged): Promise<bigint>
  /** All verifiers, who vote as they are told. */
  court: Court
}

/** What else is to be seen in an audit that passes. */
export type Staged = {
  /** What the machine posts once its committee is seated. @default 32 bytes that nothing hashes to */
  makeTranscript?(auditId: bigint): Promise<Hex>
  /** What each verifier says, in the order of the court. @default all the class, and nothing of network and disk */
  votes?: readonly Hex[]
}

export async function createTestLedger(devchain: Devchain, options: createTestLedger.Options): Promise<TestLedger> {
  const account = (index: number) => privateKeyToAccount(devchain.accounts[index]?.privateKey ?? '0x')
  const address = (index: number) => account(index).address
  const deployment = await deployLedger({
    ...{ account: account(0), rpcUrl: devchain.rpcUrl, ...options },
    parameters: {
      ...testParameters({
        ...{ holder: address(1), guardian: address(2), beacon: address(11) },
        reporters: staff.map(address),
      }),
      ...options.parameters,
    },
  })
  const as = (index: number) => createLedger({ deployment, account: account(index), pollMs: 20 })
  const fund = async (indexes: readonly number[]) => {
    const treasury = as(1)
    await Promise.all(
      indexes.map((index) => transferTokens(treasury, { to: address(index), amount: 5000n * oneToken })),
    )
  }
  const postPrice = async (usdPerToken: bigint) => {
    const observedAt = await readTime(as(1))
    const sign = (index: number) => signObservation(deployment, { reporter: account(index), usdPerToken, observedAt })
    await postPrices(as(1), await Promise.all(staff.map(sign)))
  }
  const rpc = (method: string, params: unknown[]) =>
    fetch(devchain.rpcUrl, { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) })
  const travel = async (seconds: number) => {
    await rpc('evm_increaseTime', [seconds])
    await rpc('evm_mine', [])
  }
  await fund(staff)
  await Promise.all(
    staff.map(async (index) => {
      await enrollVerifier(as(index), { region: index % 2 })
      await enrollReporter(as(index))
    }),
  )
  await postPrice(50_000n)
  // A ticket counts in draws that are convened later than it was bought, by seconds.
  await travel(1)
  const court = createCourt(
    staff.map((index) => as(index)),
    account(11),
  )
  return {
    ...{ deployment, as, account, fund, postPrice, travel },
    court,
    passAudit: (side, machineId, measured, staged = {}) => passAudit(side, machineId, { measured, court, staged }),
  }
}

export declare namespace createTestLedger {
  type Options = {
    name: string
    chainId: number
    /** In place of a test's own. */
    parameters?: Partial<Parameters>
  }
}

type Passing = { measured: Class; court: Court; staged: Staged }

/** Three are the smallest committee. */
const staff = [3, 4, 5]

async function passAudit(side: Ledger, machineId: bigint, { measured, court, staged }: Passing): Promise<bigint> {
  const auditId = await openAudit(side, machineId)
  const { committeeId } = await readAudit(side, { auditId })
  await court.seat(committeeId)
  const transcript = (await staged.makeTranscript?.(auditId)) ?? (`0x${'01'.repeat(32)}` as const)
  await postTranscript(side, { auditId, transcript })
  const unmeasured = {
    network: { rttBand: 0, downBand: 0, upBand: 0 },
    disk: { writeBand: 0, readBand: 0 },
  }
  const vote = staged.votes ?? encodeVerdict({ passed: true, class: measured, ...unmeasured })
  await court.vote(committeeId, vote)
  await finishAudit(side, { auditId })
  return auditId
}

async function openAudit(side: Ledger, machineId: bigint): Promise<bigint> {
  const latest = await findLatestAudit(side, { machineId })
  const isOpen = latest !== undefined && (await readAudit(side, { auditId: latest })).state === 'requested'
  return isOpen ? latest : (await requestAudit(side, { machineId, ringer: zeroHash })).auditId
}
