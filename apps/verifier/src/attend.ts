import type { Clock, Logger } from '@hotaru/base'
import {
  type BeaconSource,
  type Committee,
  commitVote,
  finishAudit,
  isRefusal,
  judgeFault,
  type Ledger,
  readCommittee,
  revealVote,
  seatCommittee,
} from '@hotaru/chain'
import type { Checker } from '@hotaru/proof'
import type { Hex } from 'viem'
import type { Ballots } from './Ballots.ts'
import type { Duty, Vote } from './Duty.ts'
import type { Evidence } from './hunt/Evidence.ts'
import type { JudgePlan } from './judge/judgeMachine.ts'
import type { Pairs } from './judge/Pairs.ts'

/**
 * Does the next thing that a committee needs of this verifier, if there is one.
 *
 * Safe to repeat after a death at any instant: a vote is on disk before it is committed to, and what another verifier
 * has done meanwhile is no error. Answers whether nothing is left to do.
 */
export async function attend(ledger: Ledger, duty: Duty, options: attend.Options): Promise<boolean> {
  const { committeeId } = duty
  const committee = await readCommittee(ledger, { committeeId })
  switch (committee.phase) {
    case 'convened':
      await seat(ledger, committee, options)
      return false
    case 'committing':
      if (isMember(ledger, committee)) await commit(ledger, duty, committee, options)
      return false
    case 'revealing':
      if (isMember(ledger, committee)) await reveal(ledger, committeeId, options)
      return false
    case 'over':
      await unlessDone(() => count(ledger, duty))
      return false
    default:
      await options.ballots.drop(committeeId)
      return true
  }
}

export declare namespace attend {
  type Options = {
    beacon: BeaconSource
    ballots: Ballots
    evidence: Evidence
    pairs: Pairs
    plan: JudgePlan
    checker: Checker
    /** This verifier's own key: machines attend to members of their committee only. */
    key: Hex
    signal: AbortSignal
    log: Logger
    clock: Clock
  }
}

async function seat(ledger: Ledger, { id: committeeId, round }: Committee, { beacon, log }: attend.Options) {
  const proof = await beacon.proofOf(round)
  if (proof === undefined) return
  const isSeated = await unlessDone(() => seatCommittee(ledger, { committeeId, proof }))
  if (isSeated) log.info('committee seated', { committeeId, round })
}

async function commit(ledger: Ledger, duty: Duty, committee: Committee, options: attend.Options) {
  const { committeeId } = duty
  const { ballots, log } = options
  const known = await ballots.find(committeeId)
  if (known) return void (await unlessDone(() => commitVote(ledger, known)))
  const vote = await decide(ledger, duty, { ...options, committee })
  if (!vote) return
  const ballot = await ballots.cast(committeeId, vote.vote)
  if (await unlessDone(() => commitVote(ledger, ballot))) log.info('vote cast', { ...duty, ...vote })
  else log.warn('vote came too late', { ...duty, ...vote })
}

/** What is needed to judge is loaded when there is something to judge: most of a verifier's life is waiting. */
async function decide(
  ledger: Ledger,
  duty: Duty,
  options: attend.Options & { committee: Committee },
): Promise<Vote | undefined> {
  if (duty.kind === 'fault') {
    const { decideFault } = await import('./judge/decideFault.ts')
    return decideFault(ledger, duty.subjectId, options)
  }
  const { decideAudit } = await import('./judge/decideAudit.ts')
  return decideAudit(ledger, duty.subjectId, options)
}

async function reveal(ledger: Ledger, committeeId: bigint, { ballots }: attend.Options) {
  const ballot = await ballots.find(committeeId)
  if (ballot) await unlessDone(() => revealVote(ledger, ballot))
}

function count(ledger: Ledger, { kind, subjectId }: Duty) {
  return kind === 'audit' ? finishAudit(ledger, { auditId: subjectId }) : judgeFault(ledger, { faultId: subjectId })
}

/** Makes a call that another verifier, or an earlier life of this one, may have made already, or that comes too late. */
async function unlessDone(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send()
    return true
  } catch (error) {
    if (isRefusal(error, ...doneAlready)) return false
    throw error
  }
}

const doneAlready = [
  ...(['Committees_WrongPhase', 'Committees_AlreadyCommitted', 'Committees_AlreadyRevealed'] as const),
  ...(['Committees_NotCommitted', 'Audits_WrongState', 'Audits_WrongPhase', 'Faults_WrongState'] as const),
] as const

function isMember({ wallet }: Ledger, { members }: Committee): boolean {
  return wallet !== undefined && members.includes(wallet.account.address)
}
