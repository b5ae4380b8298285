import { BaseError } from '@hotaru/base'
import { leasesAbi, machinesAbi } from '@hotaru/contracts'
import { type Class, type Machine, machineStates, type Offer } from '@hotaru/protocol'
import type { Address, ContractFunctionReturnType, Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { hashRawOffer, toOffer, toRawOffer } from './offer.ts'
import { readCall } from './readCall.ts'

/** Reads one machine with its measured class and busy slots. @throws MachineNotFoundError, UnreachableError */
export async function readMachine(ledger: Ledger, { machineId }: { machineId: bigint }): Promise<Machine> {
  const raw = await readCall(ledger, `read machine "${machineId}"`, (client, { machines }) =>
    client.readContract({ abi: machinesAbi, address: machines, functionName: 'machine', args: [machineId] }),
  )
  if (raw.state === 0) throw new MachineNotFoundError({ machineId })
  return toMachine(ledger, machineId, raw)
}

/** Which machine an agent's key signs for; undefined when it was not registered. */
export async function findMachineByKey(ledger: Ledger, { key }: { key: Address }): Promise<bigint | undefined> {
  const machineId = await readCall(ledger, 'find the machine of the key', (client, { machines }) =>
    client.readContract({ abi: machinesAbi, address: machines, functionName: 'machineOfKey', args: [key] }),
  )
  return machineId === 0n ? undefined : machineId
}

/** The ledger's struct as the protocol's noun, completed by what audits and leases know. */
export async function toMachine(
  ledger: Ledger,
  id: bigint,
  raw: ContractFunctionReturnType<typeof machinesAbi, 'view', 'machine'>,
): Promise<Machine> {
  const [claim, busySlots] = await readCall(ledger, `read machine "${id}"`, (client, at) =>
    Promise.all([
      readClaim(ledger, id, BigInt(raw.claimBlock)),
      client.readContract({ abi: leasesAbi, address: at.leases, functionName: 'busySlots', args: [id] }),
    ]),
  )
  const { owner, key, slots, lastSeen, endpoint, points, maintenance, classUntil } = raw
  return {
    ...{ id, owner, key, slots, lastSeen, endpoint, claim, busySlots, points, maintenance },
    offer: toOffer(raw.offer),
    state: machineStates[raw.state] ?? 'none',
    offerHash: hashRawOffer(raw.offer),
    class: classUntil === 0 ? undefined : toClass(raw.class),
    classValidUntil: classUntil,
  }
}

/** What the owner last said the hardware is: the ledger keeps the block of the event, not the text. */
async function readClaim({ client, deployment }: Ledger, machineId: bigint, block: bigint): Promise<string> {
  const claims = await client.getContractEvents({
    ...{ abi: machinesAbi, address: deployment.addresses.machines, eventName: 'Claimed' },
    ...{ args: { machineId }, fromBlock: block, toBlock: block, strict: true },
  })
  return claims.at(-1)?.args.claim ?? ''
}

/** The measured class in the protocol's words. */
export function toClass(raw: { kind: number; computeBand: number; memoryBand: number; slots: number }): Class {
  return { ...raw, kind: raw.kind === 0 ? 'cpu' : 'gpu' }
}

/** What `Machines.offerHash` answers: keccak-256 of the ABI-encoded terms. */
export function hashOffer(offer: Offer): Hex {
  return hashRawOffer(toRawOffer(offer))
}

export class MachineNotFoundError extends BaseError {
  override readonly name = 'Ledger.MachineNotFoundError'

  constructor({ machineId }: { machineId: bigint }) {
    super(`Cannot read machine "${machineId}": there is none, expected one that was registered`, {
      facts: { machineId },
      hint: '`hotaru machine list` shows those there are',
    })
  }
}
