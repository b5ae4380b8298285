import {
  createLocalBeacon,
  findHits,
  findLatestAudit,
  listAudits,
  openTicks,
  readTickRound,
  readTime,
} from '@hotaru/chain'
import { concat, keccak256, slice, toHex } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuditWorld, createAuditWorld, type TestVerifier } from '../testing/createAuditWorld.ts'

let world: AuditWorld
beforeAll(async () => {
  world = await createAuditWorld({ speed: 200 })
})
afterAll(() => world.stop())

const soon = { timeout: 40_000, interval: 20 }
const measured = { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 } as const
const requestsOf = (verifiers: TestVerifier[]) =>
  verifiers.flatMap(({ records }) => records.filter(({ message }) => message === 'audit requested by chance'))

test('whom a tick hits is audited once, whoever is fastest, and in an hour also by who did not run', async () => {
  const { as, addMachine, passAudit, startVerifier, travel } = world
  const staged = [await addMachine(7), await addMachine(8)]
  for (const { machineId } of staged) await passAudit(as(6), machineId, measured)
  const [running, missed] = staged.map(({ machineId }) => machineId) as [bigint, bigint]

  const verifiers = [3, 4, 5].map((index) => startVerifier(index))
  const hit = await findHit(running, await readTime(as(9)))
  await travel(hit - (await readTime(as(9))))
  await lookedThrough(verifiers, hit)
  expect(requestsOf(verifiers).map(({ fields }) => fields)).toEqual([
    expect.objectContaining({ machineId: running, auditId: await findLatestAudit(as(9), { machineId: running }) }),
  ])
  await Promise.all(verifiers.map((verifier) => verifier.stop()))

  const later = await findHit(missed, hit)
  await travel(later + 3000 - (await readTime(as(9))))
  const back = [3, 4, 5].map((index) => startVerifier(index))
  await lookedThrough(back, later)
  expect(requestsOf(back).filter(({ fields }) => fields.machineId === missed)).toHaveLength(1)
  // The one it was registered with, and the one that chance asked for.
  expect(await listAudits(as(9), { machineId: missed })).toHaveLength(2)
  expect([...verifiers, ...back].flatMap(({ records }) => records.filter(({ level }) => level === 'warn'))).toEqual([])
})

/** Waits until each of the verifiers has had its turn in the tick that begins at a second. */
async function lookedThrough(verifiers: TestVerifier[], atSeconds: number): Promise<void> {
  const isIt = ({ message, fields }: TestVerifier['records'][number]) =>
    message === 'tick looked through' && fields.tick === Math.floor(atSeconds / 600)
  for (const { records } of verifiers) await expect.poll(() => records.some(isIt), soon).toBe(true)
}

/** The unix second of the next tick after one that hits a machine: who signs a local beacon knows them all. */
async function findHit(machineId: bigint, afterSeconds: number): Promise<number> {
  const ledger = world.as(9)
  const beacon = createLocalBeacon(ledger, { privateKey: world.beaconKey })
  for (let tick = (openTicks(afterSeconds).at(-1) ?? 0) + 1; ; tick++) {
    const { round, publishedAt } = await readTickRound(ledger, { tick })
    const proof = (await beacon.proofOf(round)) ?? '0x'
    const randomness = keccak256(concat([toHex(round, { size: 8 }), slice(proof, 0, 64)]))
    if (findHits({ randomness, machineIds: [machineId] }).length > 0) return publishedAt
  }
}
