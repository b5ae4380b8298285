import { encodeAbiParameters, type Hex, keccak256 } from 'viem'

/** The commitment to a ringer: a wrong answer that its owner plants, to see who looks. `requestAudit` takes it. */
export function ringerOf({ machineId, salt }: { machineId: bigint; salt: Hex }): Hex {
  const types = [{ type: 'uint256' }, { type: 'bytes32' }, { type: 'string' }] as const
  return keccak256(encodeAbiParameters(types, [machineId, salt, 'ringer']))
}
