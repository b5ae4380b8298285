import type {
  Audit,
  AuditStep,
  Claims,
  Committee,
  EpochBurn,
  Fault,
  Forgery,
  InForce,
  Penalty,
  Program,
  ProposalStatus,
  ProposalText,
  Rewards,
  Votes,
} from '@hotaru/chain'
import type { Class, ClassRow, Machine, Measured } from '@hotaru/protocol'
import type { Address, Hex } from 'viem'

/**
 * What anyone may look up on the ledger beside leases, and the few things that owners and voters do there; part of `Ledger`.
 *
 * Lists begin with the newest. What was never there throws, as everywhere.
 */
export type Records = {
  readMachineDetail(machineId: bigint): Promise<MachineDetail>
  /** Closes epochs that are over and pays the machine's owner what network and programmes owe him. Anyone may. */
  claimMachine(machineId: bigint): Promise<ClaimDetail>
  listAudits(options?: OfMachine): Promise<AuditEntry[]>
  readAuditDetail(auditId: bigint): Promise<AuditDetail>
  listFaults(options?: OfMachine): Promise<Fault[]>
  readFaultDetail(faultId: bigint): Promise<FaultDetail>
  listPrograms(): Promise<Program[]>
  readProgram(programId: bigint): Promise<Program>
  listProposals(): Promise<ProposalDetail[]>
  readProposal(proposalId: bigint): Promise<ProposalDetail>
  castVote(proposalId: bigint, support: 'for' | 'against' | 'abstain'): Promise<{ hash: Hex }>
  /** Queues an accepted proposal, or carries out one whose delay is over. Anyone may. */
  advanceProposal(proposalId: bigint): Promise<ProposalDetail>
  readVotes(account: Address): Promise<Votes>
  delegateVotes(to: Address): Promise<{ hash: Hex }>
  readInForce(): Promise<InForce>
  /** The table of classes that is in force; asked of the chain once. */
  readClassTable(): Promise<readonly ClassRow[]>
}

export type OfMachine = { machineId?: bigint | undefined }

/** A machine and all that hangs on it. */
export type MachineDetail = {
  machine: Machine
  /** Token units that answer for it. */
  stake: bigint
  /** The latest. */
  audit: Audit | undefined
  /** What the last committee that passed it measured of its line and disk; undefined when none ever did. */
  measured: MachineMeasured | undefined
  rewards: Rewards
  claims: ClaimDetail
  /** What it burnt in the last epochs. */
  burns: EpochBurn[]
  openFaults: Fault[]
}

/** Line and disk of a machine in bands, by those who looked: the middle of each, 0 where nobody measured it. */
export type MachineMeasured = Measured & {
  auditId: bigint
  /** Unix seconds of the verdict. */
  at: number
  /** The verifier with the shortest way there and back, and where it says it looks from; undefined when none measured it. */
  nearest: { rttBand: number; region: number } | undefined
}

/** What can be claimed: of the network in token units, of each programme in units of its token. */
export type ClaimDetail = {
  rewards: bigint
  programs: (Pick<Claims['programs'][number], 'amount' | 'fromEpoch' | 'points'> & { program: Program })[]
}

/** An audit in a list; with a class if it passed. */
export type AuditEntry = Audit & { class: Class | undefined }

export type AuditDetail = {
  audit: Audit
  committee: Committee
  /** Where each member says that it looks from, in the order of the draw. */
  regions: readonly number[]
  /** What happened up to the verdict, in the order of the chain. */
  steps: readonly AuditStep[]
  /** Entries of each slot's answer that each verifier looks at. */
  picksPerSlot: number
  forgery: Forgery | undefined
}
export type FaultDetail = { fault: Fault; committee: Committee; penalty: Penalty | undefined }
export type ProposalDetail = ProposalText & ProposalStatus
export type {
  Asking,
  Audit,
  AuditStep,
  Committee,
  EpochBurn,
  Fault,
  InForce,
  Program,
  Slash,
  Votes,
} from '@hotaru/chain'
