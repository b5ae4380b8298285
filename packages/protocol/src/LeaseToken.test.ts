import fc from 'fast-check'
import { type Hex, hashTypedData, toHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'
import {
  assertLeaseToken,
  decodeLeaseToken,
  encodeLeaseToken,
  type LeaseToken,
  leaseTokenTypedData,
  type Scope,
  scopes,
} from './index.ts'

const renter = privateKeyToAccount(generatePrivateKey())
const domain = { chainId: 31337, leases: '0x00000000000000000000000000000000000000aa' } as const
const uint256 = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })
const unsigned = fc.record({
  leaseId: uint256,
  machineId: uint256,
  peer: fc.string({ minLength: 1, maxLength: 128 }),
  scopes: fc.subarray<Scope>([...scopes], { minLength: 1 }),
  expiresAt: fc.nat({ max: 2 ** 40 }),
})
const token: fc.Arbitrary<LeaseToken> = unsigned.chain((fields) =>
  fc.uint8Array({ minLength: 65, maxLength: 65 }).map((bytes) => ({ ...fields, signature: toHex(bytes) })),
)

function expectedOf(fields: Omit<LeaseToken, 'signature'>): assertLeaseToken.Expected {
  const { leaseId, machineId, peer } = fields
  const scope = fields.scopes[0] ?? 'status'
  return { domain, renter: renter.address, leaseId, machineId, peer, scope, nowSeconds: fields.expiresAt }
}

async function sign(fields: Omit<LeaseToken, 'signature'>): Promise<LeaseToken> {
  return { ...fields, signature: await renter.signTypedData(leaseTokenTypedData(fields, domain)) }
}

test('survives the way over the wire', () => {
  fc.assert(
    fc.property(token, (sent) => {
      expect(decodeLeaseToken(JSON.parse(JSON.stringify(encodeLeaseToken(sent))))).toEqual(sent)
    }),
  )
})

test('what its renter signed is accepted, and nothing in it can be changed', async () => {
  await fc.assert(
    fc.asyncProperty(unsigned, unsigned, async (fields, other) => {
      const signed = await sign(fields)
      await assertLeaseToken(signed, expectedOf(fields))
      for (const key of Object.keys(fields) as (keyof typeof fields)[]) {
        const changed = { ...signed, [key]: other[key] }
        const isSame = hash(changed) === hash(signed)
        const verdict = assertLeaseToken(changed, expectedOf({ ...fields, [key]: other[key] }))
        if (isSame) await verdict
        else await expect(verdict).rejects.toMatchObject({ name: 'LeaseToken.RefusedError', exitCode: 4 })
      }
    }),
    { numRuns: 15 },
  )
})

test('any input decodes to a token or is refused as malformed', () => {
  const almost = token.chain((good) =>
    fc.record({ key: fc.constantFrom(...Object.keys(good), 'extra'), value: fc.jsonValue() }).map(({ key, value }) => ({
      ...(encodeLeaseToken(good) as Record<string, unknown>),
      [key]: value,
    })),
  )
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.anything(), almost), (input) => {
      try {
        const { leaseId, machineId, scopes, signature } = decodeLeaseToken(input)
        expect([typeof leaseId, typeof machineId]).toEqual(['bigint', 'bigint'])
        expect(scopes.length).toBeGreaterThan(0)
        expect(signature).toMatch(/^0x[0-9a-f]{130}$/i)
      } catch (error) {
        expect(error).toMatchObject({ name: 'LeaseToken.RefusedError' })
      }
    }),
  )
})

test('any signature is refused without another kind of error', async () => {
  await fc.assert(
    fc.asyncProperty(token, async (forged) => {
      await expect(assertLeaseToken(forged, expectedOf(forged))).rejects.toThrow('the renter did not sign it')
    }),
    { numRuns: 25 },
  )
})

test('numbers beyond the ledger are refused, not thrown about', async () => {
  const fields = { leaseId: 10n ** 78n - 1n, machineId: 1n, peer: 'p', scopes: ['logs'] as Scope[], expiresAt: 1_000 }
  const signature: Hex = `0x${'11'.repeat(65)}`
  await expect(assertLeaseToken({ ...fields, signature }, expectedOf(fields))).rejects.toMatchObject({
    name: 'LeaseToken.RefusedError',
  })
})

test('says why a token is refused', async () => {
  const fields = { leaseId: 7n, machineId: 3n, peer: 'me', scopes: ['logs'] as Scope[], expiresAt: 1_000_000 }
  const signed = await sign(fields)
  const refusal = (change: Partial<assertLeaseToken.Expected>) =>
    assertLeaseToken(signed, { ...expectedOf(fields), ...change }).catch((error: Error) => error.message)
  expect(await refusal({})).toBeUndefined()
  expect(await refusal({ leaseId: 8n })).toMatchInlineSnapshot(
    `"Cannot use the lease token: it is of another lease, expected a fresh token signed by the renter for this connection"`,
  )
  expect(await refusal({ machineId: 8n })).toMatchInlineSnapshot(
    `"Cannot use the lease token: it is of another machine, expected a fresh token signed by the renter for this connection"`,
  )
  expect(await refusal({ peer: 'you' })).toMatchInlineSnapshot(
    `"Cannot use the lease token: it was signed for another connection, expected a fresh token signed by the renter for this connection"`,
  )
  expect(await refusal({ scope: 'exec' })).toMatchInlineSnapshot(
    `"Cannot use the lease token: it does not allow "exec", expected a fresh token signed by the renter for this connection"`,
  )
  expect(await refusal({ nowSeconds: 1_000_061 })).toMatchInlineSnapshot(
    `"Cannot use the lease token: it has expired, expected a fresh token signed by the renter for this connection"`,
  )
  expect(await refusal({ nowSeconds: 999_039 })).toMatchInlineSnapshot(
    `"Cannot use the lease token: it lives too long, expected a fresh token signed by the renter for this connection"`,
  )
  expect(await refusal({ domain: { ...domain, chainId: 1 } })).toMatchInlineSnapshot(
    `"Cannot use the lease token: the renter did not sign it, expected a fresh token signed by the renter for this connection"`,
  )
  // The edges: clocks may be a minute apart.
  expect(await refusal({ nowSeconds: 1_000_060 })).toBeUndefined()
  expect(await refusal({ nowSeconds: 999_040 })).toBeUndefined()
})

function hash(fields: Omit<LeaseToken, 'signature'>): Hex {
  return hashTypedData(leaseTokenTypedData(fields, domain))
}
