import { burnTableAbi, classTableAbi, hotaruGovernorAbi, leasesAbi, rewardsAbi } from '@hotaru/contracts'
import type { ClassRow } from '@hotaru/protocol'
import { type Address, encodeFunctionData, type Hex, keccak256, parseEventLogs, stringToBytes } from 'viem'
import { toRawRows } from './classRows.ts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { sendCall, toWritten, type Written, writeCall } from './sendCall.ts'
import { type ProposalState, proposalStates } from './states.ts'

/** What a vote may change, as calls of the contracts that obey the timelock. */
export type Change =
  | { kind: 'burnTable'; steps: readonly { fromSlots: number; bps: number }[] }
  | { kind: 'classTable'; rows: readonly ClassRow[] }
  | { kind: 'kappa'; bps: number }

/** A call that a proposal makes as the timelock. */
export type ProposedCall = { target: Address; data: Hex }

/** A proposal is its calls and its text; whoever votes on it, or carries it out, names both by their hash. */
export type Proposal = ({ change: Change } | { calls: readonly ProposedCall[] }) & { description: string }

/** Where a proposal stands and what was voted. Votes in token units, times in unix seconds. */
export type ProposalStatus = {
  id: bigint
  state: ProposalState
  votesFor: bigint
  votesAgainst: bigint
  votesAbstain: bigint
  /** Votes for and abstaining that it takes; undefined before the snapshot. */
  quorum: bigint | undefined
  snapshot: number
  deadline: number
  /** When it can be carried out; 0 while it is not queued. */
  readyAt: number
}

/** Proposes a change. The account needs votes of the proposal threshold. */
export async function proposeChange(ledger: Ledger, proposal: Proposal): Promise<Written & { proposalId: bigint }> {
  const { targets, values, calldatas } = toCalls(ledger, proposal)
  const args = [targets, values, calldatas, proposal.description] as const
  const data = encodeFunctionData({ abi: hotaruGovernorAbi, functionName: 'propose', args })
  const receipt = await sendCall(ledger, { to: ledger.deployment.addresses.governor, data }, 'propose the change')
  const [created] = parseEventLogs({ abi: hotaruGovernorAbi, eventName: 'ProposalCreated', logs: receipt.logs })
  return { ...toWritten(receipt), proposalId: created?.args.proposalId ?? 0n }
}

/** Votes on a proposal with the votes that the account had when it became active. */
export function castVote(
  ledger: Ledger,
  { proposalId, support }: { proposalId: bigint; support: 'against' | 'for' | 'abstain' },
): Promise<Written> {
  const args = [proposalId, ['against', 'for', 'abstain'].indexOf(support)] as const
  const data = encodeFunctionData({ abi: hotaruGovernorAbi, functionName: 'castVote', args })
  return writeCall(ledger, { to: ledger.deployment.addresses.governor, data }, `vote on proposal "${proposalId}"`)
}

/** Puts an accepted proposal into the timelock. Anyone may. */
export function queueChange(ledger: Ledger, proposal: Proposal): Promise<Written> {
  return carryOn(ledger, proposal, 'queue')
}

/** Carries a queued proposal out once its delay is over. Anyone may. */
export function executeChange(ledger: Ledger, proposal: Proposal): Promise<Written> {
  return carryOn(ledger, proposal, 'execute')
}

/** Reads where a proposal stands. */
export function readProposal(ledger: Ledger, { proposalId }: { proposalId: bigint }): Promise<ProposalStatus> {
  return readCall(ledger, `read proposal "${proposalId}"`, async (client, { governor }) => {
    const at = { abi: hotaruGovernorAbi, address: governor, args: [proposalId] } as const
    const [state, [votesAgainst, votesFor, votesAbstain], snapshot, deadline, readyAt] = await Promise.all([
      client.readContract({ ...at, functionName: 'state' }),
      client.readContract({ ...at, functionName: 'proposalVotes' }),
      client.readContract({ ...at, functionName: 'proposalSnapshot' }),
      client.readContract({ ...at, functionName: 'proposalDeadline' }),
      client.readContract({ ...at, functionName: 'proposalEta' }),
    ])
    const quorum = await client
      .readContract({ abi: hotaruGovernorAbi, address: governor, functionName: 'quorum', args: [snapshot] })
      .catch(() => undefined)
    const votes = { votesFor, votesAgainst, votesAbstain, quorum }
    const times = { snapshot: Number(snapshot), deadline: Number(deadline), readyAt: Number(readyAt) }
    return { id: proposalId, state: proposalStates[state] ?? 'pending', ...votes, ...times }
  })
}

function carryOn(ledger: Ledger, proposal: Proposal, functionName: 'queue' | 'execute'): Promise<Written> {
  const { targets, values, calldatas } = toCalls(ledger, proposal)
  const args = [targets, values, calldatas, keccak256(stringToBytes(proposal.description))] as const
  const data = encodeFunctionData({ abi: hotaruGovernorAbi, functionName, args })
  return writeCall(ledger, { to: ledger.deployment.addresses.governor, data }, `${functionName} the change`)
}

function toCalls(ledger: Ledger, proposal: Proposal) {
  const calls = 'calls' in proposal ? proposal.calls : encodeChange(ledger, proposal.change)
  return {
    targets: calls.map(({ target }) => target),
    values: calls.map(() => 0n),
    calldatas: calls.map(({ data }) => data),
  }
}

function encodeChange({ deployment: { addresses } }: Ledger, change: Change): ProposedCall[] {
  if (change.kind === 'burnTable') {
    const set = encodeFunctionData({ abi: burnTableAbi, functionName: 'set', args: [change.steps] })
    // Leases looks at the table when the number of verified slots changes; so that nobody waits for that, it looks now.
    const refresh = encodeFunctionData({ abi: leasesAbi, functionName: 'refreshBurnShare' })
    return [
      { target: addresses.burnTable, data: set },
      { target: addresses.leases, data: refresh },
    ]
  }
  if (change.kind === 'classTable') {
    const set = encodeFunctionData({ abi: classTableAbi, functionName: 'set', args: [toRawRows(change.rows)] })
    return [{ target: addresses.classTable, data: set }]
  }
  const data = encodeFunctionData({ abi: rewardsAbi, functionName: 'setKappa', args: [BigInt(change.bps)] })
  return [{ target: addresses.rewards, data }]
}
