import { burnTableAbi, classTableAbi, hotaruGovernorAbi, leasesAbi, rewardsAbi } from '@hotaru/contracts'
import { type Address, decodeFunctionData, encodeFunctionData, type Hex, isAddressEqual } from 'viem'
import { fromRawRows } from './classRows.ts'
import type { Ledger } from './createLedger.ts'
import type { Change, ProposedCall } from './proposals.ts'
import { walkBlocks } from './walkBlocks.ts'

/** A proposal as its proposer wrote it. */
export type ProposalText = {
  id: bigint
  proposer: Address
  description: string
  /** What it changes; undefined where its calls are others than those known here. */
  change: Change | undefined
  calls: readonly ProposedCall[]
}

/** Lists what was ever proposed, newest first: the governor keeps no list, so events are read backwards. */
export async function listProposals(ledger: Ledger, options: listProposals.Options = {}): Promise<ProposalText[]> {
  const { limit = 100, proposalId } = options
  const found: ProposalText[] = []
  await walkBlocks(ledger, { backwards: true }, async (range) => {
    const logs = await ledger.client.getContractEvents({
      ...{ abi: hotaruGovernorAbi, address: ledger.deployment.addresses.governor, eventName: 'ProposalCreated' },
      ...{ ...range, strict: true },
    })
    const texts = logs.map(({ args }) => toText(ledger, args)).reverse()
    found.push(...texts.filter(({ id }) => proposalId === undefined || id === proposalId))
    return found.length >= limit || undefined
  })
  return found.slice(0, limit)
}

export declare namespace listProposals {
  type Options = {
    /** Only this one. */
    proposalId?: bigint | undefined
    /** @default 100 */
    limit?: number | undefined
  }
}

type Created = {
  proposalId: bigint
  proposer: Address
  targets: readonly Address[]
  calldatas: readonly Hex[]
  description: string
}

function toText(ledger: Ledger, { proposalId, proposer, targets, calldatas, description }: Created): ProposalText {
  const calls = targets.map((target, index) => ({ target, data: calldatas[index] ?? '0x' }))
  return { id: proposalId, proposer, description, change: toChange(ledger, calls), calls }
}

function toChange({ deployment: { addresses } }: Ledger, calls: readonly ProposedCall[]): Change | undefined {
  const [first, second, ...others] = calls
  if (!first || others.length > 0) return undefined
  try {
    if (isAddressEqual(first.target, addresses.burnTable)) {
      const { functionName, args } = decodeFunctionData({ abi: burnTableAbi, data: first.data })
      const refreshes = second && isAddressEqual(second.target, addresses.leases) && second.data === refreshCall
      return functionName === 'set' && (!second || refreshes) ? { kind: 'burnTable', steps: args[0] } : undefined
    }
    if (second) return undefined
    if (isAddressEqual(first.target, addresses.classTable)) {
      const { functionName, args } = decodeFunctionData({ abi: classTableAbi, data: first.data })
      return functionName === 'set' ? { kind: 'classTable', rows: fromRawRows(args[0]) } : undefined
    }
    if (!isAddressEqual(first.target, addresses.rewards)) return undefined
    const { functionName, args } = decodeFunctionData({ abi: rewardsAbi, data: first.data })
    return functionName === 'setKappa' ? { kind: 'kappa', bps: Number(args[0]) } : undefined
  } catch {
    return undefined
  }
}

const refreshCall = encodeFunctionData({ abi: leasesAbi, functionName: 'refreshBurnShare' })
