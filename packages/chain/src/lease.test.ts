import { isBalanced } from '@hotaru/protocol'
import { keccak256, stringToBytes } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { balanceOf } from './balanceOf.ts'
import { closeLease } from './closeLease.ts'
import { mayControlLease, setController } from './controlLease.ts'
import { endLease } from './endLease.ts'
import { extendLease } from './extendLease.ts'
import { heartbeat } from './heartbeat.ts'
import { listLeases } from './listLeases.ts'
import { openLease } from './openLease.ts'
import { quoteLease } from './quoteLease.ts'
import { readLease } from './readLease.ts'
import { readMachine } from './readMachine.ts'
import { readPurse } from './readPurse.ts'
import { readReceipt } from './readReceipt.ts'
import { readTime } from './readTime.ts'
import { rejectLease } from './rejectLease.ts'
import { setOffer } from './setOffer.ts'
import { settleLease } from './settleLease.ts'
import { startLease } from './startLease.ts'
import { createTestNetwork, offer, rate, type TestNetwork } from './testing/createTestNetwork.ts'
import { transferTokens } from './transferTokens.ts'
import { watchLeases } from './watchLeases.ts'
import { withdrawPurse } from './withdrawPurse.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await createTestNetwork()
})
afterAll(() => network.stop())

const workloadDigest = keccak256(stringToBytes('a workload'))
const accountOf = (ledger: TestNetwork['owner']) => ledger.wallet?.account.address ?? '0x'

test('a lease lives its whole life, and the money adds up to the unit', async () => {
  const { owner, key, machineId, travel } = network
  const [renter] = network.renters
  const before = await balances()
  const quote = await quoteLease(renter, { machineId, slots: 1n, durationSeconds: 3600 })
  expect(quote).toMatchObject({ rate, escrow: rate * 3600n })
  const { leaseId, escrow } = await openLease(renter, { machineId, slots: 1n, durationSeconds: 3600, workloadDigest })
  expect(await readLease(renter, { leaseId })).toMatchObject({ state: 'open', escrow, renter: accountOf(renter) })
  expect(await readMachine(renter, { machineId })).toMatchObject({ busySlots: 1n, class: { kind: 'cpu', slots: 2 } })

  expect(await startLease(key, { leaseId })).toMatchObject({ already: false })
  expect(await startLease(key, { leaseId })).toEqual({ already: true, state: 'running' })
  await travel(1200)
  await settleLease(owner, { leaseId })
  await extendLease(renter, { leaseId, seconds: 600 })
  await travel(300)
  expect(await closeLease(renter, { leaseId })).toMatchObject({ already: false })
  expect(await closeLease(renter, { leaseId })).toEqual({ already: true, state: 'closed' })
  expect(await endLease(key, { leaseId })).toEqual({ already: true, state: 'closed' })

  const receipt = await readReceipt(renter, { leaseId })
  expect(isBalanced(receipt)).toBe(true)
  expect(receipt.escrow).toBe(rate * 4200n)
  expect(receipt.seconds).toBeGreaterThanOrEqual(1500)
  expect(receipt.seconds).toBeLessThan(1520)
  expect(receipt.burnt).toBe(((receipt.paid + receipt.burnt) * 500n) / 10_000n)
  expect(receipt.transactions.map(({ what }) => what)).toEqual(['open', 'start', 'settle', 'extend', 'close'])
  expect(receipt.class).toBe('cpu-c57-m68x2')
  const { purse = 0n, amount } = (await readPurse(owner, { account: accountOf(owner) })) ?? {}
  expect(amount).toBe(receipt.paid)
  await withdrawPurse(owner, { purse })
  const after = await balances()
  expect(before.renter - after.renter).toBe(receipt.paid + receipt.burnt)
  expect(after.owner - before.owner).toBe(receipt.paid)

  async function balances() {
    const [ofRenter, ofOwner] = await Promise.all(
      [renter, owner].map((ledger) => balanceOf(ledger, { account: accountOf(ledger) })),
    )
    return { renter: ofRenter ?? 0n, owner: ofOwner ?? 0n }
  }
})

test('a controller closes a lease and gets none of its money', async () => {
  const { machineId, as, account } = network
  const [renter] = network.renters
  const { leaseId } = await openLease(renter, { machineId, slots: 1n, durationSeconds: 60, workloadDigest })
  const ask = { leaseId, account: account(12).address }
  expect(await mayControlLease(renter, ask)).toBe(false)
  const until = (await readTime(renter)) + 600
  await setController(renter, { leaseId, controller: account(12).address, until })
  expect(await mayControlLease(renter, ask)).toBe(true)
  await closeLease(as(12), { leaseId })
  expect(await readReceipt(renter, { leaseId })).toMatchObject({ paid: 0n, refunded: rate * 60n })
  expect(await balanceOf(renter, { account: account(12).address })).toBe(0n)
})

test('a rejected lease costs nothing', async () => {
  const { key, machineId } = network
  const [renter] = network.renters
  const { leaseId } = await openLease(renter, { machineId, slots: 2n, durationSeconds: 60, workloadDigest })
  await startLease(key, { leaseId })
  await rejectLease(renter, { leaseId })
  const { escrow, refunded, paid, burnt, seconds } = await readReceipt(renter, { leaseId })
  expect({ refunded, paid, burnt, seconds }).toEqual({ refunded: escrow, paid: 0n, burnt: 0n, seconds: 0 })
})

test('two renters want the same slot at the same moment: exactly one gets it, the other hears why', async () => {
  const { machineId, renters } = network
  const results = await Promise.allSettled(
    renters.map((renter) => openLease(renter, { machineId, slots: 1n, durationSeconds: 60, workloadDigest })),
  )
  const won = results.filter((result) => result.status === 'fulfilled')
  const lost = results.filter((result) => result.status === 'rejected')
  expect(won).toHaveLength(1)
  expect(lost[0]?.reason).toMatchObject({ name: 'Ledger.Leases_SlotsBusy', retry: 'elsewhere', facts: { machineId } })
  const winner = won[0]?.value
  const index = results.findIndex((result) => result.status === 'fulfilled')
  await closeLease(renters[index] ?? renters[0], { leaseId: winner?.leaseId ?? 0n })
})

test('one account opens several leases at once without its permits or nonces colliding', async () => {
  const { machineId } = network
  const [, renter] = network.renters
  const opened = await Promise.all(
    [1n, 2n].map((slots) => openLease(renter, { machineId, slots, durationSeconds: 60, workloadDigest })),
  )
  const mine = await listLeases(renter, { renter: accountOf(renter), limit: 2 })
  expect(mine.map(({ id }) => id)).toEqual(opened.map(({ leaseId }) => leaseId).sort((a, b) => (a < b ? 1 : -1)))
  await Promise.all(opened.map(({ leaseId }) => closeLease(renter, { leaseId })))
})

test('a balance too small is said before anything is signed', async () => {
  const { machineId, as } = network
  const poor = as(10)
  await transferTokens(as(1), { to: accountOf(poor), amount: 5n })
  const opening = openLease(poor, { machineId, slots: 1n, durationSeconds: 60, workloadDigest })
  await expect(opening).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Ledger.BalanceTooSmallError: Cannot pay: the balance is "0.000000000000000005 HOTA", expected at least "0.12 HOTA"]`,
  )
})

test('an offer that changed after the search, or a duration it does not allow, is refused with the reason', async () => {
  const { machineId, owner } = network
  const [renter] = network.renters
  const { offerHash } = await readMachine(renter, { machineId })
  await setOffer(owner, { machineId, offer: { ...offer, minSeconds: 120 } })
  const open = (parameters: object) =>
    openLease(renter, { machineId, slots: 1n, durationSeconds: 600, workloadDigest, ...parameters })
  await expect(open({ offerHash })).rejects.toMatchObject({
    name: 'Ledger.Machines_OfferChanged',
    message: `Cannot open a lease of machine "${machineId}": machine "${machineId}" has changed its offer, expected the terms that were shown`,
  })
  await expect(open({ durationSeconds: 60 })).rejects.toMatchObject({
    name: 'Ledger.Leases_DurationOutOfBounds',
    facts: { duration: 60n, min: 120n, max: 86_400n },
  })
  await expect(open({ slots: 8n })).rejects.toMatchObject({ name: 'Ledger.Leases_SlotsInvalid' })
  await setOffer(owner, { machineId, offer })
})

test('watching resumes at a block, and survives the chain’s death in between', async () => {
  const { machineId, key, devchain } = network
  const [renter] = network.renters
  const fromBlock = (await renter.client.getBlockNumber()) + 1n
  const stop = new AbortController()
  const { leaseId } = await openLease(renter, { machineId, slots: 1n, durationSeconds: 60, workloadDigest })
  const seen: string[] = []
  for await (const event of watchLeases(renter, { fromBlock, pollMs: 5, signal: stop.signal })) {
    if (event.leaseId !== leaseId) continue
    seen.push(event.kind)
    if (event.kind === 'opened') {
      process.kill(await devchain.enginePid(), 'SIGKILL')
      await startLease(key, { leaseId })
    }
    if (event.kind === 'started') await endLease(key, { leaseId })
    if (event.kind === 'ended') await closeLease(renter, { leaseId })
    if (event.kind === 'closed') stop.abort()
  }
  expect(seen).toEqual(['opened', 'started', 'ended', 'settled', 'settled', 'closed'])
})

test('a machine that falls silent is not leased until its next heartbeat', async () => {
  const { machineId, key, travel } = network
  const [renter] = network.renters
  const open = () => openLease(renter, { machineId, slots: 1n, durationSeconds: 60, workloadDigest })
  await travel(3700)
  await expect(open()).rejects.toMatchObject({ name: 'Ledger.Machines_Silent', retry: 'elsewhere' })
  await heartbeat(key, { machineId })
  const { leaseId } = await open()
  await closeLease(renter, { leaseId })
})
