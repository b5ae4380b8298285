/** States of an audit, in the order of the ledger's enum. */
export const auditStates = ['none', 'requested', 'passed', 'failed', 'noVerdict', 'forged', 'ringer'] as const
export type AuditState = (typeof auditStates)[number]

/** Where a committee stands, in the order of the ledger's enum. */
export const committeePhases = ['none', 'convened', 'committing', 'revealing', 'over', 'dismissed'] as const
export type CommitteePhase = (typeof committeePhases)[number]

/** States of a fault, in the order of the ledger's enum. */
export const faultStates = ['none', 'reported', 'guilty', 'innocent', 'appealed', 'noVerdict', 'executed'] as const
export type FaultState = (typeof faultStates)[number]

/** States of a proposal, in the order of OpenZeppelin's enum. */
export const proposalStates = [
  ...(['pending', 'active', 'canceled', 'defeated', 'succeeded', 'queued', 'expired', 'executed'] as const),
] as const
export type ProposalState = (typeof proposalStates)[number]
