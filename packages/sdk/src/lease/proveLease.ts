import { type Fault, readAnswer, sprintSeed, timeSprint, transcriptRoot } from '@hotaru/proof'
import { answerSchemas, type Class, type LeaseProof, leaseProofTypedData, toBand } from '@hotaru/protocol'
import { type Hex, isAddressEqual, recoverTypedDataAddress, toHex } from 'viem'
import type { Client } from '../Client.ts'
import type { LeaseSession } from './LeaseSession.ts'

/** What a machine showed in a renter's own lease. The evidence can be checked by anyone, at any time. */
export type ProvedLease = {
  /** Multiply-adds a second of each slot, as this end's clock saw it. */
  multiplyAddsPerSecond: number
  kind: Class['kind']
  computeBand: number
  evidence: LeaseProof & { answer: unknown; signature: Hex }
}

/**
 * Has a running lease's slots prove what they can compute (docs/proof.md): times a sprint that nobody could have prepared
 * and checks 64 entries of it for each slot. Takes a few seconds of the lease.
 *
 * @param session Of scope `prove`.
 * @returns `fault` where the answer is wrong.
 */
export async function proveLease(
  client: Client,
  session: LeaseSession,
  { targetMs = 3_000, signal }: proveLease.Options = {},
): Promise<{ fault: Fault } | { proved: ProvedLease }> {
  const { leaseId } = session
  const { machineId, slots } = await client.ledger.readLease(leaseId)
  const machine = await client.ledger.readMachine(machineId)
  const { chainId, leases } = client.ledger.domain
  const count = slots.toString(2).replaceAll('0', '').length
  const asked = { slots: count, seed: zeroSeed, chainId: BigInt(chainId), machineId, auditId: leaseId }
  let last: { evidence: ProvedLease['evidence']; kind: Class['kind'] } | undefined
  const outcome = await timeSprint(
    {
      async sprint({ nonce, n, rounds }) {
        const said = await session.ask({ verb: 'lease.prove', nonce, n, rounds }, { signal })
        const { answer, kind, signature } = answerSchemas['lease.prove'].parse(said)
        const made = readAnswer({ ...asked, n, rounds, seed: sprintSeed(zeroSeed, nonce) }, answer) ?? []
        const transcript = made.length > 0 ? transcriptRoot(made) : zeroSeed
        last = {
          kind,
          evidence: { leaseId, machineId, nonce, n, rounds, transcript, answer, signature: signature as Hex },
        }
        return answer
      },
      async openSprint(nonce, pickSeed) {
        const exchange = await session.open({ verb: 'lease.prove.open', nonce, pickSeed }, { signal })
        await exchange.closeSend()
        const pieces: Uint8Array[] = []
        for (let data = await exchange.readData(); data; data = await exchange.readData()) pieces.push(data)
        return concat(pieces)
      },
    },
    asked,
    { plan: { targetMs }, clock: client.clock, random32: () => toHex(crypto.getRandomValues(new Uint8Array(32))) },
  )
  if ('fault' in outcome || !last) return 'fault' in outcome ? outcome : { fault: { reason: 'it answered nothing' } }
  if (!(await isSigned(last.evidence, machine.key, { chainId, leases })))
    return { fault: { reason: 'the machine has not signed it' } }
  const computeBand = toBand(outcome.multiplyAddsPerSecond)
  return { proved: { ...outcome, computeBand, ...last } }
}

export declare namespace proveLease {
  type Options = {
    /** How long the sprint that counts should take. @default 3_000 */
    targetMs?: number | undefined
    signal?: AbortSignal | undefined
  }
}

async function isSigned(
  { answer, signature, ...proof }: ProvedLease['evidence'],
  key: Hex,
  domain: { chainId: number; leases: Hex },
): Promise<boolean> {
  const signer = await recoverTypedDataAddress({ ...leaseProofTypedData(proof, domain), signature }).catch(
    () => undefined,
  )
  return signer !== undefined && isAddressEqual(signer, key)
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const zeroSeed: Hex = `0x${'00'.repeat(32)}`
