import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import fc from 'fast-check'
import { type Hex, toHex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { expect, test } from 'vitest'
import { addressOfPeer } from './index.ts'
import { createLinkKey, parseLinkKey } from './parseLinkKey.ts'

const privateKey = fc.bigInt({ min: 1n, max: 2n ** 255n }).map((number) => toHex(number, { size: 32 }))

test("a peer's address is the one that a wallet gives its key", async () => {
  await fc.assert(
    fc.asyncProperty(privateKey, async (key: Hex) => {
      const peerId = peerIdFromPrivateKey(await parseLinkKey(key)).toString()
      expect(addressOfPeer(peerId)).toBe(privateKeyToAddress(key))
    }),
    { numRuns: 25 },
  )
})

test('a passing key has no address', async () => {
  expect(addressOfPeer(peerIdFromPrivateKey(await createLinkKey()).toString())).toBeUndefined()
})

test('what is no key is refused without being quoted', async () => {
  for (const key of ['0x', '0x1234', `0x${'00'.repeat(32)}`, `0x${'ff'.repeat(32)}`, 'secret'] as Hex[]) {
    const error = await parseLinkKey(key).catch((reason) => reason)
    expect(error).toMatchObject({ name: 'Link.InvalidKeyError' })
    expect(error.message).not.toContain(key.length > 2 ? key : 'secret')
    expect(error.cause).toBeUndefined()
  }
})
