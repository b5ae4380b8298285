import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualClock, silentLogger } from '@hotaru/base'
import { createFakeDriver } from '@hotaru/driver/fake'
import { type ServedExchange, signLeaseToken } from '@hotaru/link'
import { createReferenceBackend } from '@hotaru/proof'
import { encodeLeaseToken, type Reply, type Request, type Scope, scopes } from '@hotaru/protocol'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterEach, beforeEach } from 'vitest'
import { createLeaseDisk } from '../disk/createLeaseDisk.ts'
import { ExamRoom } from '../exam/ExamRoom.ts'
import { LeaseProver } from '../exam/LeaseProver.ts'
import { LeaseFinder } from '../link/LeaseFinder.ts'
import { LeaseTraffic } from '../link/LeaseTraffic.ts'
import { serveRequests } from '../link/serveRequests.ts'
import { DriverSet } from '../shell/DriverSet.ts'
import { LedgerFollower } from '../shell/LedgerFollower.ts'
import { Loop } from '../shell/Loop.ts'
import { runEffect } from '../shell/runEffect.ts'
import { createFakeLedger } from './createFakeLedger.ts'
import { testSettings, testWorkload } from './createWorld.ts'

export const code = 'console.log(1)'
export const sha256 = createHash('sha256').update(code).digest('hex')
export const workload = { ...testWorkload, files: [{ path: 'main.ts', sizeBytes: code.length, sha256 }] }
export const renter = privateKeyToAccount(generatePrivateKey())
export const machine = privateKeyToAccount(generatePrivateKey())
export const stranger = privateKeyToAccount(generatePrivateKey())
export const domain = { chainId: 31_337, leases: '0x5FbDB2315678afecb367f032d93F642f64180aa3' } as const
export const peer = '16Uiu2HAmRenter'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-serve-'))
})
afterEach(() => rm(directory, { recursive: true }))

/** The requests of one machine, answered in memory; must be called inside a test. */
export async function createRoom() {
  const clock = createManualClock(1_800_000_000_000)
  const ledger = createFakeLedger({ clock, renter: renter.address })
  const driver = createFakeDriver({
    clock,
    knobs: {
      output: [{ stream: 'stdout', text: 'hello' }],
      async onRun({ directory: at }) {
        await mkdir(join(at, 'out'))
        await writeFile(join(at, 'out', 'answer'), '42')
      },
    },
  })
  const drivers = new DriverSet([driver])
  const disk = createLeaseDisk(directory)
  const traffic = new LeaseTraffic()
  const outside = { ledger, drivers, disk, guards: traffic, exams: { end: () => exams.end() } }
  const loop = new Loop({
    ...{ machineId: '1', settings: testSettings, clock, log: silentLogger, journal: { append: async () => {} } },
    runEffect: (effect, signal) => runEffect(effect, outside, signal),
  })
  const follower = new LedgerFollower({ loop, ledger, log: silentLogger, fromBlock: 0, reorgBlocks: 4 })
  const health = await driver.fingerprint()
  await loop.dispatch({ type: 'driversChecked', drivers: [{ ...health, name: health.driver }] })
  const finder = new LeaseFinder({ loop, follower, clock })
  const openBackends = async () => [createReferenceBackend()]
  const exams = new ExamRoom({ loop, ledger, openBackends, maxCells: () => 2 ** 12, clock, log: silentLogger })
  const leaseProver = new LeaseProver({ machineId: 1n, domain, key: machine, openBackends, clock })
  const describe = async () => ({ hardware: null })
  const room = { loop, finder, drivers, disk, ledger, exams, leaseProver, describe, clock, log: silentLogger }
  const handler = serveRequests(room, { domain, traffic })

  const token = (leaseId: string, options: { scopes?: Scope[]; account?: typeof renter; peer?: string } = {}) =>
    signLeaseToken({
      ...{ leaseId: BigInt(leaseId), machineId: 1n, domain, ttlSeconds: 300 },
      nowSeconds: Math.floor(clock.unixMs() / 1000),
      account: options.account ?? renter,
      peer: options.peer ?? peer,
      scopes: options.scopes ?? scopes,
    }).then(encodeLeaseToken)

  /** Sends one request as a peer does and gives everything that comes back; throws what the caller would be refused with. */
  async function ask(request: Request, sent = ''): Promise<{ replies: Reply[]; data: string; bytes: Uint8Array }> {
    const replies: Reply[] = []
    const pieces: Uint8Array[] = []
    const input = sent === '' ? [] : [Buffer.from(sent)]
    const exchange: ServedExchange = {
      readData: async () => input.shift(),
      sendReply: async (reply) => void replies.push(reply),
      sendData: async (bytes) => {
        pieces.push(Uint8Array.from(bytes))
      },
      abort: () => {},
      signal: new AbortController().signal,
    }
    await handler(request, exchange, { peer, address: undefined })
    const bytes = Buffer.concat(pieces)
    return { replies, data: bytes.toString(), bytes }
  }
  return { clock, ledger, driver, loop, ask, token }
}
