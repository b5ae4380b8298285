import { BaseError } from '@hotaru/base'
import type * as chainDoor from '@hotaru/chain'
import { type ClassRow, decodeVerdict, readMeasured } from '@hotaru/protocol'
import { findMeasured } from './findMeasured.ts'
import type {
  AuditDetail,
  AuditEntry,
  ClaimDetail,
  FaultDetail,
  MachineDetail,
  OfMachine,
  ProposalDetail,
  Records,
} from './Records.ts'

type Chain = typeof chainDoor
export type Parts = { chain: Chain; ledger: chainDoor.Ledger }
/** Runs a read or a write on the chain that the network names. */
export type Ask = <T>(work: (parts: Parts) => Promise<T>) => Promise<T>

/** The records of a real chain; `tell` is for writes, which wait until the chain is known to be the right one. */
export function createChainRecords(ask: Ask, tell: Ask): Records {
  let table: Promise<readonly ClassRow[]> | undefined
  return {
    readClassTable() {
      table ??= ask(({ chain, ledger }) => chain.readClassTable(ledger))
      // An outage is not kept.
      table.catch(() => {
        table = undefined
      })
      return table
    },
    readMachineDetail: (machineId) => ask((parts) => readMachineDetail(parts, machineId)),
    claimMachine: (machineId) =>
      tell(async (parts) => {
        await parts.chain.readMachine(parts.ledger, { machineId })
        return toClaims(parts, await parts.chain.claimAll(parts.ledger, { machineId }))
      }),
    listAudits: (options) => ask((parts) => listAudits(parts, options)),
    readAuditDetail: (auditId) => ask((parts) => readAuditDetail(parts, auditId)),
    listFaults: (options) => ask(({ chain, ledger }) => chain.listFaults(ledger, options)),
    readFaultDetail: (faultId) => ask((parts) => readFaultDetail(parts, faultId)),
    listPrograms: () => ask(async ({ chain, ledger }) => (await chain.listPrograms(ledger)).reverse()),
    readProgram: (programId) =>
      ask(async ({ chain, ledger }) => {
        const program = await chain.readProgram(ledger, { programId })
        if (!program) throw new NotOnLedgerError({ what: 'programme', id: programId, list: 'program list' })
        return program
      }),
    listProposals: () => ask((parts) => listProposals(parts)),
    readProposal: (proposalId) => ask((parts) => readProposal(parts, proposalId)),
    advanceProposal: (proposalId) => tell((parts) => advanceProposal(parts, proposalId)),
    castVote: (proposalId, support) => tell(({ chain, ledger }) => chain.castVote(ledger, { proposalId, support })),
    readVotes: (account) => ask(({ chain, ledger }) => chain.readVotes(ledger, { account })),
    delegateVotes: (to) => tell(({ chain, ledger }) => chain.delegateVotes(ledger, { to })),
    readInForce: () => ask(({ chain, ledger }) => chain.readInForce(ledger)),
  }
}

async function readMachineDetail(parts: Parts, machineId: bigint): Promise<MachineDetail> {
  const { chain, ledger } = parts
  const machine = await chain.readMachine(ledger, { machineId })
  const [stake, auditId, rewards, quoted, faults] = await Promise.all([
    chain.readMachineStake(ledger, { machineId }),
    chain.findLatestAudit(ledger, { machineId }),
    chain.readRewards(ledger, { machineId }),
    chain.quoteClaims(ledger, { machineId }),
    chain.listFaults(ledger, { machineId }),
  ])
  const [audit, claims] = await Promise.all([
    auditId === undefined ? undefined : chain.readAudit(ledger, { auditId }),
    toClaims(parts, quoted),
  ])
  const measured = audit && (await findMeasured(parts, audit))
  const openFaults = faults.filter(({ state }) => state !== 'executed' && state !== 'noVerdict')
  return { machine, stake, audit, measured, rewards, claims, burns: quoted.burns, openFaults }
}

async function toClaims({ chain, ledger }: Parts, claims: chainDoor.Claims): Promise<ClaimDetail> {
  const programs = claims.programs.map(async ({ programId, amount, fromEpoch, points }) => {
    const program = await chain.readProgram(ledger, { programId })
    return program ? [{ program, amount, fromEpoch, points }] : []
  })
  return { rewards: claims.rewards.amount, programs: (await Promise.all(programs)).flat() }
}

async function listAudits({ chain, ledger }: Parts, options?: OfMachine): Promise<AuditEntry[]> {
  const audits = await chain.listAudits(ledger, options)
  return Promise.all(
    audits.map(async (audit) => {
      if (audit.state !== 'passed') return { ...audit, class: undefined }
      const { votes } = await chain.readCommittee(ledger, { committeeId: audit.committeeId })
      return { ...audit, class: readMeasured(votes.flatMap(({ vote }) => decodeVerdict(vote) ?? [])).class }
    }),
  )
}

async function readAuditDetail({ chain, ledger }: Parts, auditId: bigint): Promise<AuditDetail> {
  const audit = await chain.readAudit(ledger, { auditId })
  if (audit.state === 'none') throw new NotOnLedgerError({ what: 'audit', id: auditId, list: 'audit list' })
  const [committee, steps, forgery] = await Promise.all([
    chain.readCommittee(ledger, { committeeId: audit.committeeId }),
    chain.readAuditSteps(ledger, { auditId }),
    chain.findForgery(ledger, { auditId }),
  ])
  const [regions, { picksPerSlot }] = await Promise.all([
    chain.readRegions(ledger, committee.members),
    import('@hotaru/proof'),
  ])
  return { audit, committee, regions, steps, picksPerSlot, forgery }
}

async function readFaultDetail({ chain, ledger }: Parts, faultId: bigint): Promise<FaultDetail> {
  const fault = await chain.readFault(ledger, { faultId })
  if (fault.state === 'none') throw new NotOnLedgerError({ what: 'fault', id: faultId, list: 'fault list' })
  const [committee, penalty] = await Promise.all([
    chain.readCommittee(ledger, { committeeId: fault.committeeId }),
    chain.findPenalty(ledger, { faultId }),
  ])
  return { fault, committee, penalty }
}

async function listProposals({ chain, ledger }: Parts, proposalId?: bigint): Promise<ProposalDetail[]> {
  const options = proposalId === undefined ? {} : { proposalId, limit: 1 }
  const texts = await chain.listProposals(ledger, options)
  return Promise.all(
    texts.map(async (text) => ({ ...text, ...(await chain.readProposal(ledger, { proposalId: text.id })) })),
  )
}

async function readProposal(parts: Parts, proposalId: bigint): Promise<ProposalDetail> {
  const [proposal] = await listProposals(parts, proposalId)
  if (!proposal) throw new NotOnLedgerError({ what: 'proposal', id: proposalId, list: 'vote list' })
  return proposal
}

async function advanceProposal(parts: Parts, proposalId: bigint): Promise<ProposalDetail> {
  const { state, calls, description } = await readProposal(parts, proposalId)
  const { chain, ledger } = parts
  if (state === 'succeeded') await chain.queueChange(ledger, { calls, description })
  else if (state === 'queued') await chain.executeChange(ledger, { calls, description })
  else throw new NotDueError({ proposalId, state })
  return readProposal(parts, proposalId)
}

export class NotOnLedgerError extends BaseError {
  override readonly name = 'Ledger.NotFoundError'

  constructor({ what, id, list }: { what: string; id: bigint; list: string }) {
    super(`Cannot read ${what} "${id}": there is none, expected one that is on the ledger`, {
      facts: { id },
      hint: `\`hotaru ${list}\` shows those there are`,
    })
  }
}

export class NotDueError extends BaseError {
  override readonly name = 'Ledger.NotDueError'

  constructor(facts: { proposalId: bigint; state: string }) {
    super(`Cannot advance the proposal: it is "${facts.state}", expected "succeeded" or "queued"`, { facts })
  }
}
