import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@hotaru/base'
import {
  commitVote,
  createLocalBeacon,
  depositStake,
  findLatestAudit,
  finishAudit,
  readAudit,
  readMachine,
  readPickRound,
  readRandomness,
  readStake,
  registerMachine,
  revealVote,
} from '@hotaru/chain'
import { createTestLedger, type TestLedger } from '@hotaru/chain/testing'
import { createDevchain } from '@hotaru/devchain'
import type { Caller } from '@hotaru/link'
import { createReferenceBackend, findPickedFault, pickEntries, unpackOpenings } from '@hotaru/proof'
import { encodeVerdict } from '@hotaru/protocol'
import { type Hex, zeroHash } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ExamRoom } from '../exam/ExamRoom.ts'
import { createLedgerPort } from '../ledger/createLedgerPort.ts'
import { createWorld } from '../testing/createWorld.ts'
import { openRingers } from './openRingers.ts'
import { RingerBook } from './RingerBook.ts'

const oneToken = 10n ** 18n
const offer = { usdPerSlotHour: 360_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'process' } as const
const verifiers = [3, 4, 5]
const openBackends = async () => [createReferenceBackend()]

let directory: string
let chain: TestLedger
let stop: () => Promise<void>
let beaconKey: Hex
let machineId: bigint
let book: RingerBook

// A ledger for each: who was fooled in one is no verifier in the next.
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-decoy-'))
  const devchain = await createDevchain({
    directory: join(directory, 'chain'),
    chainId: 31_517,
    allowTestMethods: true,
  })
  stop = () => devchain.stop()
  chain = await createTestLedger(devchain, { name: 'test', chainId: 31_517 })
  beaconKey = devchain.accounts[11]?.privateKey ?? '0x'
  await chain.fund([6])
  const [owner, key] = [chain.as(6), chain.account(7)]
  await depositStake(owner, { amount: 100n * oneToken })
  const endpoint = '/ip4/127.0.0.1/tcp/4001'
  ;({ machineId } = await registerMachine(owner, { key, slots: 1, offer, endpoint, claim: '{}' }))
  await chain.passAudit(owner, machineId, { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 })
  await chain.travel(3601)
  book = new RingerBook(join(directory, 'ringers'), machineId)
})

afterEach(async () => {
  await stop()
  await rm(directory, { recursive: true })
})

test('a decoy answers its own audit wrongly; who passed it is slashed for who did not, and it has no class', async () => {
  const { room, auditId, beacon, port } = await ask(book)
  const answer = await record(room, auditId)
  const facts = await port.readAudit(auditId.toString())
  if (!facts) throw new Error('there is no audit')
  const round = (await readPickRound(chain.as(6), { auditId })) ?? 0n
  const proof = (await beacon.proofOf(round)) ?? '0x'
  const seed = await readRandomness(chain.as(6), { round, proof })
  const picks = pickEntries(seed, facts.challenge)
  const openings = unpackOpenings(
    await room.doUntimed(auditId.toString(), caller(), (examinee) => examinee.openRecord(seed)),
    picks.length,
  )
  expect(findPickedFault(facts.challenge, answer, { transcript: facts.transcript ?? '0x', picks, openings })).toEqual({
    reason: expect.stringMatching(/^entry .* is wrong$/),
    proof: expect.any(Object),
  })

  const before = await stakes()
  await vote(auditId, [false, true, true])
  await open(beacon)
  expect(await readAudit(chain.as(6), { auditId })).toMatchObject({ state: 'ringer' })
  expect((await readMachine(chain.as(6), { machineId })).class).toBeUndefined()
  const after = await stakes()
  const lost = before.map((stake, at) => stake - (after[at] ?? 0n))
  expect(lost.map((amount) => amount > 0n)).toEqual([false, true, true])
  expect(await book.list()).toEqual([])
})

test('the answer is given and the ringer opened by an agent that was started anew', async () => {
  const { auditId, beacon, room } = await ask(book)
  await record(room, auditId)
  await vote(auditId, [false, false, false])
  book = new RingerBook(join(directory, 'ringers'), machineId)
  await open(beacon)
  expect(await readAudit(chain.as(6), { auditId })).toMatchObject({ state: 'ringer' })
})

test('nobody can tell a decoy from another by what they ask with, and another answers right', async () => {
  const { room, auditId, port } = await ask(undefined)
  expect((await readAudit(chain.as(6), { auditId })).ringer).toMatch(/^0x[0-9a-f]{64}$/)
  const answer = await record(room, auditId)
  const facts = await port.readAudit(auditId.toString())
  if (!facts) throw new Error('there is no audit')
  const picks = pickEntries(zeroHash, facts.challenge)
  const packed = await room.doUntimed(auditId.toString(), caller(), (examinee) => examinee.openRecord(zeroHash))
  expect(
    findPickedFault(facts.challenge, answer, { picks, openings: unpackOpenings(packed, picks.length) }),
  ).toBeUndefined()
})

test('a request that the ledger refuses leaves no ringer behind, and nothing is opened before the verdict', async () => {
  const { port, beacon, auditId } = await ask(book)
  await expect(port.requestAudit()).rejects.toMatchObject({ name: /^Ledger\./ })
  expect(await book.list()).toHaveLength(1)
  await open(beacon)
  expect(await readAudit(chain.as(6), { auditId })).toMatchObject({ state: 'requested' })
})

/** Has the machine ask for its audit, and draws the committee; a ringer where it has a book. */
async function ask(ringers: RingerBook | undefined) {
  const ledger = chain.as(7)
  const port = createLedgerPort(ledger, { machineId, ringers })
  await port.requestAudit()
  const auditId = (await findLatestAudit(ledger, { machineId })) ?? 0n
  const { committeeId } = await readAudit(ledger, { auditId })
  await chain.court.seat(committeeId)
  const world = await createWorld()
  const parts = { loop: world.loop(), ledger: port, openBackends, maxCells: () => 64, ringers, clock: world.clock }
  const room = new ExamRoom({ ...parts, log: silentLogger })
  const beacon = createLocalBeacon(ledger, { privateKey: beaconKey })
  return { auditId, room, port, beacon }
}

/** An enrolled verifier, not of a committee. */
const caller = () => ({ peer: 'a peer', address: chain.account(3).address }) as Caller

function record(room: ExamRoom, auditId: bigint): Promise<unknown> {
  return room.doUntimed(auditId.toString(), caller(), (examinee) => examinee.record())
}

async function vote(auditId: bigint, passes: readonly boolean[]): Promise<void> {
  const { committeeId } = await readAudit(chain.as(6), { auditId })
  const unmeasured = { network: { rttBand: 0, downBand: 0, upBand: 0 }, disk: { writeBand: 0, readBand: 0 } }
  const measured = { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 } as const
  const ballots = passes.map((passed) => ({
    ...{ committeeId, salt: zeroHash },
    vote: encodeVerdict(passed ? { passed, class: measured, ...unmeasured } : { passed }),
  }))
  for (const [at, ballot] of ballots.entries()) await commitVote(chain.as(verifiers[at] ?? 0), ballot)
  for (const [at, ballot] of ballots.entries()) await revealVote(chain.as(verifiers[at] ?? 0), ballot)
  await finishAudit(chain.as(6), { auditId })
}

function open(beacon: { proofOf(round: bigint): Promise<Hex | undefined> }): Promise<void> {
  return openRingers(chain.as(7), { book, machineId, beacon, openBackends, log: silentLogger })
}

function stakes(): Promise<bigint[]> {
  return Promise.all(
    verifiers.map(async (index) => {
      const { total } = await readStake(chain.as(6), { account: chain.account(index).address })
      return total
    }),
  )
}
