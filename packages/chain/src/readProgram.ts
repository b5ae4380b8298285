import { programsAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** What a programme pays for, in the order of the ledger's enum. */
export const programFacts = ['availability', 'work'] as const

/** A reward programme of somebody else over the facts of the ledger. */
export type Program = {
  id: bigint
  name: string
  sponsor: Address
  token: Address
  fact: (typeof programFacts)[number]
  fromEpoch: number
  untilEpoch: number
  /** Units of its token. */
  perEpoch: bigint
  maxPerBurnt: bigint
  hook: Address
  /** Units of its token that it still holds. */
  budget: bigint
}

/** Reads one programme; undefined when it was never created. */
export async function readProgram(ledger: Ledger, { programId }: { programId: bigint }): Promise<Program | undefined> {
  const [raw, budget] = await readCall(ledger, `read programme "${programId}"`, (client, { programs }) => {
    const at = { abi: programsAbi, address: programs, args: [programId] } as const
    return Promise.all([
      client.readContract({ ...at, functionName: 'program' }),
      client.readContract({ ...at, functionName: 'budgetOf' }),
    ])
  })
  if (BigInt(raw.sponsor) === 0n) return undefined
  return { id: programId, ...raw, fact: programFacts[raw.fact] ?? 'availability', budget }
}

/** Lists all programmes, or those of one machine. */
export async function listPrograms(ledger: Ledger, options: { machineId?: bigint } = {}): Promise<Program[]> {
  const { machineId } = options
  const ids = await readCall(ledger, 'list the programmes', async (client, { programs }) => {
    const at = { abi: programsAbi, address: programs } as const
    if (machineId !== undefined) return client.readContract({ ...at, functionName: 'programsOf', args: [machineId] })
    const count = await client.readContract({ ...at, functionName: 'count' })
    return Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1))
  })
  const found = await Promise.all(ids.map((programId) => readProgram(ledger, { programId })))
  return found.filter((program) => program !== undefined)
}
