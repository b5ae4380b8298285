import { findPickedFault, pickEntries, readAnswer, sprintSeed, transcriptRoot, unpackOpenings } from '@hotaru/proof'
import { hashWorkload, leaseProofTypedData } from '@hotaru/protocol'
import { type Hex, recoverTypedDataAddress } from 'viem'
import { expect, test } from 'vitest'
import { code, createRoom, domain, machine, sha256, workload } from '../testing/createServingRoom.ts'

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
