import { keccak256, toBytes } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'
import { signBeaconRound } from './signBeaconRound.ts'

test('signs a round as LocalBeacon takes it', async () => {
  const proof = await signBeaconRound({
    account: privateKeyToAccount(keccak256(toBytes('signer'))),
    chainId: 31337,
    beacon: '0x5615dEB798BB3E4dFa0139dFa1b3D433Cc23b72f',
    round: 42n,
  })
  // The same as in contracts/test/unit/LocalBeacon.t.sol.
  expect(proof).toMatchInlineSnapshot(
    `"0x2ea969f5c90f2401fec702f446baea1b39fd96a66570cbc7fab010862b9479b42482660a4afa3adda5262ded0cec4317c32c08b1317e99bb0203b12e649874a71c"`,
  )
})
