import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, type LogRecord } from '@hotaru/base'
import { createLocalBeacon, depositStake, type Parameters, registerMachine, requestAudit } from '@hotaru/chain'
import { createTestLedger, type TestLedger } from '@hotaru/chain/testing'
import { createDevchain } from '@hotaru/devchain'
import { createReferenceBackend, referenceChecker } from '@hotaru/proof'
import { type Hex, zeroHash } from 'viem'
import { Ballots } from '../Ballots.ts'
import { Evidence } from '../hunt/Evidence.ts'
import { verify } from '../verify.ts'
import { createHurriedClock } from './createHurriedClock.ts'
import { createTestMachine, type TestMachine } from './createTestMachine.ts'

/** One life of a verifier of the test ledger, and what it logged in it. */
export type TestVerifier = { records: LogRecord[]; stop(): Promise<void> }

/** A real chain with the real contracts, its three verifiers (accounts 3, 4, 5) in this process, and machines to audit. */
export type AuditWorld = TestLedger & {
  beaconKey: Hex
  /** Has account 6 register a machine with account `keyIndex` as its key; and asks for its first audit. */
  addMachine(keyIndex: number, options?: Partial<createTestMachine.Options>): Promise<Staged>
  /** Begins a life of a verifier. What it has on disk outlives it. */
  startVerifier(index: number, options?: Partial<verify.Options>): TestVerifier
  stop(): Promise<void>
}

type Staged = TestMachine & { machineId: bigint; auditId: bigint }

export async function createAuditWorld({ speed = 50, parameters }: createAuditWorld.Options = {}): Promise<AuditWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-audits-'))
  const devchain = await createDevchain({ directory: join(directory, 'chain'), chainId, allowTestMethods: true })
  const ledger = await createTestLedger(devchain, { name: 'audits', chainId, ...(parameters && { parameters }) })
  const keyOf = (index: number): Hex => devchain.accounts[index]?.privateKey ?? '0x'
  const beaconKey = keyOf(11)
  const [clock, owner] = [createHurriedClock(speed), ledger.as(6)]
  const started: { stop(): Promise<void> }[] = []
  await ledger.fund([6])
  await depositStake(owner, { amount: 1000n * 10n ** 18n })

  const startVerifier: AuditWorld['startVerifier'] = (index, options) => {
    const [own, ending, records] = [ledger.as(index), new AbortController(), [] as LogRecord[]]
    const place = join(directory, `verifier-${index}`)
    const running = verify(own, {
      ...{ beacon: createLocalBeacon(own, { privateKey: beaconKey }), plan: testPlan, clock, signal: ending.signal },
      ...{ ballots: new Ballots(join(place, 'ballots')), evidence: new Evidence(join(place, 'evidence')) },
      ...{ key: keyOf(index), checker: referenceChecker, backend: createReferenceBackend(), huntMultiplyAdds: 1e9 },
      ...{ log: createLogger((record) => records.push(record)), randomBelow: (limit) => limit - 1 },
      ...options,
    })
    const stop = () => {
      ending.abort()
      return running
    }
    started.push({ stop })
    return { records, stop }
  }

  return {
    ...ledger,
    beaconKey,
    startVerifier,
    async addMachine(keyIndex, options = {}) {
      const key = keyOf(keyIndex)
      const machine = await createTestMachine(owner, { key, backend: createReferenceBackend(), ...options })
      started.push(machine)
      const deed = { key: ledger.account(keyIndex), slots: 1, offer, endpoint: machine.endpoint, claim: '{}' }
      const { machineId } = await registerMachine(owner, deed)
      return { ...machine, machineId, auditId: (await requestAudit(owner, { machineId, ringer: zeroHash })).auditId }
    },
    async stop() {
      await Promise.all(started.map((one) => one.stop()))
      await devchain.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

export declare namespace createAuditWorld {
  type Options = {
    /** How many times as fast as life the verifiers' clocks go. @default 50 */
    speed?: number | undefined
    parameters?: Partial<Parameters> | undefined
  }
}

/** Small enough for a reference in JavaScript, and patient on a machine that has much to do. */
export const testPlan = {
  exam: { targetMs: 500, maxMemoryBytes: 2 ** 16, hashes: { cpu: 4, gpu: 4 } },
  probe: { lineBytes: 2 ** 16, diskBytes: 2 ** 16, diskReads: 16 },
  patienceMs: 3_600_000,
}

const chainId = 31_512
const offer = { usdPerSlotHour: 90_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'process' } as const
