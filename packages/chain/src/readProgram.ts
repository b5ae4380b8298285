import { programsAbi } from '@hotaru/contracts'
import { type Address, erc20Abi } from 'viem'
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
  /** The first epoch that nobody has closed. */
  nextEpoch: number
  /** How the token calls itself and where it puts the point; nobody vouches for it. */
  symbol: string
  decimals: number
}

/** Reads one programme; undefined when it was never created. */
export async function readProgram(ledger: Ledger, { programId }: { programId: bigint }): Promise<Program | undefined> {
  const [raw, budget, nextEpoch] = await readCall(ledger, `read programme "${programId}"`, (client, { programs }) => {
    const at = { abi: programsAbi, address: programs, args: [programId] } as const
    return Promise.all([
      client.readContract({ ...at, functionName: 'program' }),
      client.readContract({ ...at, functionName: 'budgetOf' }),
      client.readContract({ ...at, functionName: 'nextEpochOf' }),
    ])
  })
  if (BigInt(raw.sponsor) === 0n) return undefined
  const token = await readToken(ledger, raw.token)
  const fact = programFacts[raw.fact] ?? 'availability'
  return { id: programId, ...raw, ...token, fact, budget, nextEpoch: Number(nextEpoch) }
}

/** A token need not say how it is called, and may say anything. */
async function readToken({ client }: Ledger, address: Address): Promise<Pick<Program, 'symbol' | 'decimals'>> {
  const at = { abi: erc20Abi, address } as const
  const [symbol, decimals] = await Promise.all([
    client.readContract({ ...at, functionName: 'symbol' }).catch(() => ''),
    client.readContract({ ...at, functionName: 'decimals' }).catch(() => 0),
  ])
  return { symbol: symbol.slice(0, longestSymbol), decimals }
}

const longestSymbol = 16

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
