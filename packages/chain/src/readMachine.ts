import { BaseError } from '@hotaru/base'
import { auditsAbi, leasesAbi, machinesAbi } from '@hotaru/contracts'
import { type Class, type Machine, machineStates, type Offer, tiers } from '@hotaru/protocol'
import { type Address, type ContractFunctionReturnType, encodeAbiParameters, type Hex, keccak256 } from 'viem'
import type { Ledger } from './createLedger.ts'
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
  const [[measured, validUntil], busySlots] = await readCall(ledger, `read machine "${id}"`, (client, at) =>
    Promise.all([
      client.readContract({ abi: auditsAbi, address: at.audits, functionName: 'classOf', args: [id] }),
      client.readContract({ abi: leasesAbi, address: at.leases, functionName: 'busySlots', args: [id] }),
    ]),
  )
  const { owner, key, slots, lastSeen, endpoint, claim } = raw
  const offer = { ...raw.offer, tier: tiers[raw.offer.tier] ?? 'process' }
  return {
    ...{ id, owner, key, slots, lastSeen, endpoint, claim, busySlots, offer },
    state: machineStates[raw.state] ?? 'none',
    offerHash: hashOffer(offer),
    class: validUntil === 0n ? undefined : toClass(measured),
    classValidUntil: Number(validUntil),
  }
}

/** The measured class in the protocol's words. */
export function toClass(raw: { kind: number; computeBand: number; memoryBand: number; slots: number }): Class {
  return { ...raw, kind: raw.kind === 0 ? 'cpu' : 'gpu' }
}

/** What `Machines.offerHash` answers: keccak-256 of the ABI-encoded terms. */
export function hashOffer({ usdPerSlotHour, minSeconds, maxSeconds, tier }: Offer): Hex {
  const values = [usdPerSlotHour, minSeconds, maxSeconds, tiers.indexOf(tier)] as const
  return keccak256(encodeAbiParameters(offerParameters, values))
}

const offerParameters = [{ type: 'uint64' }, { type: 'uint32' }, { type: 'uint32' }, { type: 'uint8' }] as const

export class MachineNotFoundError extends BaseError {
  override readonly name = 'Ledger.MachineNotFoundError'

  constructor({ machineId }: { machineId: bigint }) {
    super(`Cannot read machine "${machineId}": there is none, expected one that was registered`, {
      facts: { machineId },
      hint: '`hotaru machine list` shows those there are',
    })
  }
}
