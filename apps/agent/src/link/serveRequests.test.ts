import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualClock, silentLogger } from '@hotaru/base'
import { createFakeDriver } from '@hotaru/driver/fake'
import { type ServedExchange, signLeaseToken } from '@hotaru/link'
import {
  createReferenceBackend,
  findPickedFault,
  pickEntries,
  readAnswer,
  sprintSeed,
  transcriptRoot,
  unpackOpenings,
} from '@hotaru/proof'
import {
  encodeLeaseToken,
  hashWorkload,
  leaseProofTypedData,
  type Reply,
  type Request,
  type Scope,
  scopes,
} from '@hotaru/protocol'
import fc from 'fast-check'
import { type Hex, recoverTypedDataAddress } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLeaseDisk } from '../disk/createLeaseDisk.ts'
import { ExamRoom } from '../exam/ExamRoom.ts'
import { LeaseProver } from '../exam/LeaseProver.ts'
import { DriverSet } from '../shell/DriverSet.ts'
import { LedgerFollower } from '../shell/LedgerFollower.ts'
import { Loop } from '../shell/Loop.ts'
import { runEffect } from '../shell/runEffect.ts'
import { createFakeLedger } from '../testing/createFakeLedger.ts'
import { testSettings, testWorkload } from '../testing/createWorld.ts'
import { LeaseFinder } from './LeaseFinder.ts'
import { LeaseTraffic } from './LeaseTraffic.ts'
import { serveRequests } from './serveRequests.ts'

const code = 'console.log(1)'
const sha256 = createHash('sha256').update(code).digest('hex')
const workload = { ...testWorkload, files: [{ path: 'main.ts', sizeBytes: code.length, sha256 }] }
const renter = privateKeyToAccount(generatePrivateKey())
const machine = privateKeyToAccount(generatePrivateKey())
const stranger = privateKeyToAccount(generatePrivateKey())
const domain = { chainId: 31_337, leases: '0x5FbDB2315678afecb367f032d93F642f64180aa3' } as const
const peer = '16Uiu2HAmRenter'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-serve-'))
})
afterEach(() => rm(directory, { recursive: true }))

async function createRoom() {
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
  const exams = new ExamRoom({ loop, ledger, openBackends, maxCells: 2 ** 12, clock, log: silentLogger })
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

test('a lease from the manifest to the results', async () => {
  const { ledger, driver, ask, token, loop } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const mine = { leaseId, token: await token(leaseId) }

  const manifest = await ask({ verb: 'lease.manifest', ...mine, manifest: workload })
  expect(manifest.replies).toEqual([{ type: 'ok', value: { missing: [sha256] } }])
  await ask({ verb: 'lease.file', ...mine, sha256, sizeBytes: code.length }, code)
  const ran = await ask({ verb: 'lease.run', ...mine })
  expect(ran.replies).toEqual([{ type: 'ok', value: { state: 'running', exit: null, reason: null } }])
  expect(ledger.sent).toContain(`start ${leaseId}`)

  const following = ask({
    ...{ verb: 'lease.logs', ...mine, follow: true },
    fromByte: { stdout: 1, stderr: 0 },
  })
  driver.end(`test-${leaseId}`)
  expect(await following).toMatchObject({
    data: 'ello',
    replies: [
      { type: 'log', stream: 'stdout', atByte: 1, sizeBytes: 4 },
      { type: 'exit', exit: { code: 0, reason: 'exited' } },
    ],
  })
  const answer = { path: 'out/answer', sizeBytes: 2, sha256: createHash('sha256').update('42').digest('hex') }
  expect((await ask({ verb: 'lease.results', ...mine })).replies).toEqual([{ type: 'ok', value: { files: [answer] } }])
  expect((await ask({ verb: 'lease.fetch', ...mine, path: 'out/answer', fromByte: 1 })).data).toBe('2')

  // Closed on the ledger, still kept here for a while.
  ledger.close(leaseId)
  await loop.dispatch({ type: 'leaseSeen', leaseId, lease: await ledger.readLease(leaseId) })
  expect((await ask({ verb: 'lease.status', ...mine })).replies).toMatchObject([{ value: { state: 'exited' } }])
})

test('exec runs inside, stop ends it, and neither works on what does not run', async () => {
  const { ledger, ask, token } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const mine = { leaseId, token: await token(leaseId) }
  const exec: Request = { verb: 'lease.exec', ...mine, command: ['ls'] }
  await expect(ask(exec)).rejects.toMatchObject({ name: 'Driver.NotRunningError' })
  await ask({ verb: 'lease.manifest', ...mine, manifest: workload })
  await expect(ask({ verb: 'lease.run', ...mine })).rejects.toThrow('1 files are missing')
  await ask({ verb: 'lease.file', ...mine, sha256, sizeBytes: code.length }, code)
  await ask({ verb: 'lease.run', ...mine })
  expect(await ask(exec, 'input')).toMatchObject({ data: 'ls\n', replies: [{ type: 'log' }, { type: 'exit' }] })
  expect((await ask({ verb: 'lease.stop', ...mine })).replies).toMatchObject([
    { value: { state: 'exited', exit: { reason: 'stopped' } } },
  ])
})

test('a workload that is not the one of the lease, or does not fit, is refused with the reason', async () => {
  const { ledger, ask, token, loop } = await createRoom()
  const huge = { ...workload, limits: { ...workload.limits, memoryBytes: 2 ** 40 } }
  const other = { ...workload, program: { driver: 'container', image: `sha256:${'a'.repeat(64)}`, command: ['x'] } }
  const cases: [unknown, string][] = [
    [
      workload,
      'Cannot take the workload: the manifest is not the one of the lease, expected the digest that the ledger has',
    ],
    [huge, 'Cannot take the workload: it asks for 1 TiB of memory, expected at most 4 GiB'],
    [other, 'Cannot take the workload: this machine has no driver "container", expected one that it has'],
  ]
  for (const [manifest, message] of cases) {
    const digest = manifest === workload ? `0x${'0'.repeat(64)}` : hashWorkload(manifest as typeof workload)
    const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: digest })
    const request = { verb: 'lease.manifest', leaseId, token: await token(leaseId), manifest } as const
    await expect(ask(request)).rejects.toThrow(message)
    expect(loop.state.leases[leaseId]?.step).toBe('confirmed')
  }
})

test('a file that is not what it says leaves nothing behind', async () => {
  const { ledger, ask, token, loop } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const mine = { leaseId, token: await token(leaseId) }
  await ask({ verb: 'lease.manifest', ...mine, manifest: workload })
  const send = { verb: 'lease.file', ...mine, sha256, sizeBytes: code.length } as const
  await expect(ask(send, 'console.log(2)')).rejects.toMatchObject({ name: 'Link.FileMismatchError' })
  await expect(ask(send, code.slice(1))).rejects.toMatchObject({ name: 'Link.FileSizeError' })
  await expect(ask({ ...send, sizeBytes: 3 }, 'abc')).rejects.toThrow('the file is not in the manifest')
  expect(loop.state.leases[leaseId]?.received).toEqual([])
})

test('without a token of this lease, for this verb, on this connection, nothing happens', async () => {
  const { ledger, driver, ask, token, loop, clock } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const otherId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const expired = await token(leaseId)
  const bad = {
    'of another lease': await token(otherId),
    'of a stranger': await token(leaseId, { account: stranger }),
    'of another connection': await token(leaseId, { peer: '16Uiu2HAmOther' }),
    'of another scope': await token(leaseId, { scopes: ['status'] }),
    'that is none': { leaseId, machineId: '1' },
  }
  for (const [name, one] of Object.entries(bad)) {
    const send = { verb: 'lease.manifest', leaseId, token: one, manifest: workload } as const
    await expect(ask(send), name).rejects.toMatchObject({ name: 'LeaseToken.RefusedError' })
  }
  clock.advance(600_000)
  await expect(ask({ verb: 'lease.stop', leaseId, token: expired })).rejects.toThrow('it has expired')
  await expect(ask({ verb: 'lease.stop', leaseId: '77', token: await token('77') })).rejects.toMatchObject({
    name: 'Link.UnknownLeaseError',
  })
  expect(loop.state.leases[leaseId]?.manifest).toBeNull()
  expect(driver.calls).toEqual([])
  expect(ledger.sent.filter((what) => what !== `end ${leaseId}` && what !== `end ${otherId}`)).toEqual([])
})

test('whatever strangers send, nothing runs, nothing is written, nothing is sent to the ledger', async () => {
  const { ledger, driver, ask, loop } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const anyToken = fc.oneof(
    fc.jsonValue(),
    fc.record({
      leaseId: fc.constantFrom(leaseId, '2'),
      machineId: fc.constant('1'),
      peer: fc.constant(peer),
      scopes: fc.constant([...scopes]),
      expiresAt: fc.constant(1_800_000_100),
      signature: fc.uint8Array({ minLength: 65, maxLength: 65 }).map((b) => `0x${Buffer.from(b).toString('hex')}`),
    }),
  )
  const request = fc
    .tuple(
      fc.constantFrom(
        ...([
          { verb: 'lease.manifest', manifest: workload },
          { verb: 'lease.file', sha256, sizeBytes: code.length },
          { verb: 'lease.run' },
          { verb: 'lease.exec', command: ['sh'] },
          { verb: 'lease.logs', follow: true, fromByte: { stdout: 0, stderr: 0 } },
          { verb: 'lease.results' },
          { verb: 'lease.fetch', path: '../../machine.key', fromByte: 0 },
          { verb: 'lease.stop' },
        ] as const),
      ),
      fc.constantFrom(leaseId, '2', '999999'),
      anyToken,
    )
    .map(([body, id, token]) => ({ ...body, leaseId: id, token }) as Request)
  await fc.assert(
    fc.asyncProperty(request, async (one) => {
      await expect(ask(one)).rejects.toMatchObject({ exitCode: expect.any(Number) })
    }),
    { numRuns: 150 },
  )
  expect(driver.calls).toEqual([])
  expect(ledger.sent).toEqual([])
  expect(Object.values(loop.state.leases).every((lease) => lease.step === 'confirmed' && !lease.stopRequested)).toBe(
    true,
  )
})

test('made-up lease numbers cause only so many look-ups', async () => {
  const { ledger, ask, token, clock } = await createRoom()
  const good = await token('1000')
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      ask({ verb: 'lease.status', leaseId: String(1000 + index), token: good }).catch((error) => error.name),
    ),
  )
  expect(answers.filter((name) => name === 'Agent.BusyError')).toHaveLength(10)
  clock.advance(1_000)
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const { replies } = await ask({ verb: 'lease.status', leaseId, token: await token(leaseId) })
  expect(replies).toMatchObject([{ value: { state: 'confirmed' } }])
})

test('a renter has the slots of his running lease prove themselves, and the machine signs for it', async () => {
  const { ledger, ask, token } = await createRoom()
  const leaseId = ledger.open({ durationSeconds: 60, workloadDigest: hashWorkload(workload) })
  const mine = { leaseId, token: await token(leaseId) }
  const [nonce, pickSeed] = [`0x${'a1'.repeat(32)}`, `0x${'a2'.repeat(32)}`] as const
  const sprint = { verb: 'lease.prove', ...mine, nonce, n: 32, rounds: 2 } as const
  await expect(ask(sprint)).rejects.toMatchObject({ name: 'Agent.NotProvableError' })

  await ask({ verb: 'lease.manifest', ...mine, manifest: workload })
  await ask({ verb: 'lease.file', ...mine, sha256, sizeBytes: code.length }, code)
  await ask({ verb: 'lease.run', ...mine })
  const { replies } = await ask(sprint)
  const { value } = replies[0] as unknown as { value: { answer: unknown; kind: string; signature: Hex } }
  const challenge = {
    ...{ seed: sprintSeed(`0x${'00'.repeat(32)}`, nonce), chainId: 31_337n, machineId: 1n, auditId: BigInt(leaseId) },
    ...{ n: 32, rounds: 2, slots: 1 },
  }
  const transcript = transcriptRoot(readAnswer(challenge, value.answer) ?? [])
  const proof = { leaseId: BigInt(leaseId), machineId: 1n, nonce, n: 32, rounds: 2, transcript }
  const { signature } = value
  expect(await recoverTypedDataAddress({ ...leaseProofTypedData(proof, domain), signature })).toBe(machine.address)
  const { bytes } = await ask({ verb: 'lease.prove.open', ...mine, nonce, pickSeed })
  const picks = pickEntries(pickSeed, challenge)
  const openings = unpackOpenings(bytes, picks.length)
  expect(findPickedFault(challenge, value.answer, { picks, openings })).toBeUndefined()
  const other = { leaseId, token: await token(leaseId, { scopes: ['status'] }) }
  await expect(ask({ ...sprint, ...other })).rejects.toMatchObject({ name: 'LeaseToken.RefusedError' })
})
