import { encodeLeaseToken, type LeaseState, type Scope, type TokenDomain } from '@hotaru/protocol'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'
import { authorise, type LeaseRequest, signLeaseToken } from './index.ts'

const renter = privateKeyToAccount(generatePrivateKey())
const domain: TokenDomain = { chainId: 31337, leases: '0x00000000000000000000000000000000000000aa' }
const nowSeconds = 1_800_000_000
const peer = '12D3KooWKnDdG3iXw9eTFijk3EWSunZcFi54Zka4wmtqtt6rPxc8'
const good = { account: renter, leaseId: 7n, machineId: 3n, peer, scopes: ['logs'] as Scope[], domain, nowSeconds }

async function askWith(change: Partial<typeof good> = {}, question: Question = {}) {
  const token = encodeLeaseToken(await signLeaseToken({ ...good, ...change }))
  return askToken(token, question)
}

type Question = {
  verb?: 'lease.logs' | 'lease.stop'
  leaseId?: string
  peer?: string
  nowSeconds?: number
  /** Whom the ledger lets steer lease 7 beside its renter. */
  controller?: string
  /** Whose lease it is. */
  machineId?: bigint
  state?: LeaseState
}

async function askToken(token: unknown, options: Question): Promise<string> {
  const { verb = 'lease.logs', leaseId = '7', state = 'running' } = options
  const request = { verb, leaseId, token, follow: false, fromByte: { stdout: 0, stderr: 0 } } as LeaseRequest
  const findLease = async (id: bigint) =>
    id === 7n ? { machineId: options.machineId ?? 3n, renter: renter.address, state } : undefined
  const lease = authorise(
    request,
    { peer: options.peer ?? peer },
    {
      ...{ domain, machineId: 3n, nowSeconds: options.nowSeconds ?? nowSeconds, findLease },
      mayControl: async (id, account) => id === 7n && account === options.controller,
    },
  )
  return lease.then(
    () => 'allowed',
    (error: Error) => `${error.name}: ${error.message}`,
  )
}

test('the renter, with a token for this lease, verb and connection, is let through', async () => {
  expect(await askWith()).toBe('allowed')
  for (const state of ['open', 'running', 'ended'] as const) expect(await askWith({}, { state })).toBe('allowed')
  expect(await askWith({}, { nowSeconds: nowSeconds + 15 * 60 + 60 })).toBe('allowed')
  expect(await askWith({}, { nowSeconds: nowSeconds - 60 })).toBe('allowed')
})

test('whom the ledger lets steer the lease is let through, and nobody else', async () => {
  const [controller, stranger] = [1, 2].map(() => privateKeyToAccount(generatePrivateKey()))
  const question = { controller: controller?.address ?? '' }
  expect(await askWith({ ...(controller && { account: controller }) }, question)).toBe('allowed')
  expect(await askWith({ ...(stranger && { account: stranger }) }, question)).toContain('the renter did not sign it')
})

test('every other token is refused, with the reason', async () => {
  const stranger = privateKeyToAccount(generatePrivateKey())
  const expectRefused = async (answer: Promise<string>, reason: string) =>
    expect(await answer).toContain(`LeaseToken.RefusedError: Cannot use the lease token: ${reason}, expected`)
  await expectRefused(askWith({ leaseId: 8n }), 'it is of another lease')
  await expectRefused(askWith({ machineId: 4n }), 'it is of another machine')
  await expectRefused(askWith({}, { peer: '16Uiu2HAm9' }), 'it was signed for another connection')
  await expectRefused(askWith({}, { verb: 'lease.stop' }), 'it does not allow "stop"')
  await expectRefused(askWith({}, { nowSeconds: nowSeconds + 15 * 60 + 61 }), 'it has expired')
  await expectRefused(askWith({}, { nowSeconds: nowSeconds - 61 }), 'it lives too long')
  await expectRefused(askWith({ account: stranger }), 'the renter did not sign it')
  await expectRefused(askWith({ domain: { ...domain, chainId: 1 } }), 'the renter did not sign it')
  const elsewhere: TokenDomain = { ...domain, leases: '0x00000000000000000000000000000000000000bb' }
  await expectRefused(askWith({ domain: elsewhere }), 'the renter did not sign it')
  for (const malformed of [undefined, null, {}, 'token', { leaseId: 7 }]) {
    await expectRefused(askToken(malformed, {}), 'malformed')
  }
})

test('a changed token is refused, whichever field was changed', async () => {
  const token = encodeLeaseToken(await signLeaseToken(good)) as Record<string, unknown>
  expect(await askToken({ ...token, expiresAt: nowSeconds + 1 }, {})).toContain('the renter did not sign it')
  expect(await askToken({ ...token, scopes: ['logs', 'stop'] }, { verb: 'lease.stop' })).toContain('did not sign it')
  expect(await askToken({ ...token, signature: `0x${'00'.repeat(65)}` }, {})).toContain('the renter did not sign it')
  expect(await askToken({ ...token, extra: true }, {})).toContain('malformed')
})

test('a lease that is unknown, over, or of another machine is refused', async () => {
  expect(await askWith({ leaseId: 9n }, { leaseId: '9' })).toMatchInlineSnapshot(
    `"Link.UnknownLeaseError: Cannot serve lease "9": it is "none" on machine "3", expected an open lease"`,
  )
  expect(await askWith({}, { state: 'closed' })).toMatchInlineSnapshot(
    `"Link.UnknownLeaseError: Cannot serve lease "7": it is "closed" on machine "3", expected an open lease"`,
  )
  expect(await askWith({}, { machineId: 5n })).toMatchInlineSnapshot(
    `"Link.UnknownLeaseError: Cannot serve lease "7": it is "none" on machine "3", expected an open lease"`,
  )
})

test('no token lives longer than the longest, whatever was asked', async () => {
  const token = await signLeaseToken({ ...good, ...{ ttlSeconds: 1e6 } })
  expect(token.expiresAt).toBe(nowSeconds + 15 * 60)
})
