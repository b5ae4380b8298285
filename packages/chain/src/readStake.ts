import { stakesAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Stake of an account in token units: what it may withdraw or lock, and what answers for its machines and audits. */
export type Stake = { free: bigint; lockedByMachines: bigint; lockedByAudits: bigint }

/** Reads the stake of an account. */
export async function readStake(ledger: Ledger, { account }: { account: Address }): Promise<Stake> {
  const [free, lockedByMachines, lockedByAudits] = await readCall(ledger, 'read the stake', (client, addresses) => {
    const { stakes, machines, audits } = addresses
    const at = { abi: stakesAbi, address: stakes } as const
    return Promise.all([
      client.readContract({ ...at, functionName: 'free', args: [account] }),
      client.readContract({ ...at, functionName: 'locked', args: [account, machines] }),
      client.readContract({ ...at, functionName: 'locked', args: [account, audits] }),
    ])
  })
  return { free, lockedByMachines, lockedByAudits }
}
