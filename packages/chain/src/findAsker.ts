import { auditsAbi, machinesAbi } from '@hotaru/contracts'
import { type Address, getAddress, type Hex, isAddressEqual, parseEventLogs } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Why there is an audit, in which transaction of whom. */
export type Asking = {
  /** The machine's owner or agent, chance, or a verifier who suspects that two are one card. */
  by: 'owner' | 'agent' | 'chance' | 'pair'
  from: Address
  /** The other audit of a pair. */
  pairedWith: bigint | undefined
}

/**
 * Finds who asked for an audit, from the transaction that did. Owner and agent may at will; whoever else asks for one audit
 * has brought a round that hits the machine.
 */
export async function findAsker(
  ledger: Ledger,
  { auditId, machineId, hash }: { auditId: bigint; machineId: bigint; hash: Hex },
): Promise<Asking> {
  const [{ from: sender, logs }, { owner, key }] = await readCall(
    ledger,
    `read transaction "${hash}"`,
    (client, { machines }) =>
      Promise.all([
        client.getTransactionReceipt({ hash }),
        client.readContract({ abi: machinesAbi, address: machines, functionName: 'machine', args: [machineId] }),
      ]),
  )
  const from = getAddress(sender)
  const pair = parseEventLogs({ abi: auditsAbi, eventName: 'PairRequested', logs })
    .map(({ args }) => [args.auditA, args.auditB])
    .find((both) => both.includes(auditId))
  if (pair) return { by: 'pair', from, pairedWith: pair.find((other) => other !== auditId) }
  const by = isAddressEqual(from, key) ? 'agent' : isAddressEqual(from, owner) ? 'owner' : 'chance'
  return { by, from, pairedWith: undefined }
}
