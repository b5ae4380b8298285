import type { Ledger } from '@hotaru/chain'
import { lumenProgramAbi, lumenProgramBytecode } from '@hotaru/contracts/examples'
import type { Address } from 'viem'
import { DemoError } from './Stage.ts'

/**
 * Deploys the example of an outside project: its token, the budget, the programme and who may take part, in one
 * transaction of somebody whom the ledger does not know.
 */
export async function deployLumen(
  { client, wallet, deployment }: Ledger,
  { fromEpoch, epochs }: { fromEpoch: number; epochs: number },
): Promise<{ programId: bigint; token: Address }> {
  if (!wallet) throw new DemoError({ found: 'nobody signs', expected: 'an account that deploys' })
  const { programs, machines } = deployment.addresses
  const hash = await wallet.deployContract({
    ...{ abi: lumenProgramAbi, bytecode: lumenProgramBytecode },
    args: [programs, machines, wallet.account.address, fromEpoch, epochs],
  })
  const { contractAddress } = await client.waitForTransactionReceipt({ hash })
  if (!contractAddress) throw new DemoError({ found: 'Lumen was not deployed', expected: 'a contract' })
  const at = { abi: lumenProgramAbi, address: contractAddress } as const
  const [programId, token] = await Promise.all([
    client.readContract({ ...at, functionName: 'PROGRAM_ID' }),
    client.readContract({ ...at, functionName: 'TOKEN' }),
  ])
  return { programId, token }
}
