import { proposalStates as states } from '../states.ts'
import type { RefusalName } from '../toLedgerError.ts'
import { broken, onlyBy, plainly } from './phrases.ts'
import type { RefusalsNamed } from './Refusals.ts'

type GovernanceRefusal =
  | `${'BurnTable' | 'ClassTable' | 'HotaruGovernor'}_${string}`
  | `${'AccessControl' | 'Governor' | 'Timelock'}${string}`

/** Why a proposal, a vote, an operation of the timelock or what they would set is refused. */
export const governance: RefusalsNamed<Extract<RefusalName, GovernanceRefusal>> = {
  AccessControlBadConfirmation: plainly('a role is given up for someone else, expected the account that has it'),
  AccessControlUnauthorizedAccount: ({ text }) => ({
    sentence: `${text('account')} has no such role at the timelock, expected an account that has it`,
    hint: 'make it a proposal of governance',
  }),
  BurnTable_FirstNotZero: ({ text }) => ({
    sentence: `the burn table begins at ${text('fromSlots')} slots, expected it to begin at 0`,
  }),
  BurnTable_NotAscending: ({ text }) => ({
    sentence: `a step of the burn table from ${text('fromSlots')} slots comes after one from ${text('previous')}, expected more slots with every step`,
  }),
  BurnTable_NotGovernance: onlyBy('governance, by a proposal'),
  BurnTable_ShareOutOfBounds: ({ percent }) => ({
    sentence: `a burn share is ${percent('bps')}, expected ${percent('min')} to ${percent('max')}`,
  }),
  BurnTable_StepsOutOfBounds: ({ text }) => ({
    sentence: `the burn table has ${text('steps')} steps, expected 1 to ${text('max')}`,
  }),
  ClassTable_BandsReversed: ({ name, text }) => ({
    sentence: `row ${name('name')} of the class table ends at band ${text('computeTo')}, expected ${text('computeFrom')}, where it begins, or above`,
  }),
  ClassTable_KindUnknown: ({ name, text }) => ({
    sentence: `row ${name('name')} of the class table is of kind ${text('kind')}, expected 0 for a processor or 1 for a GPU`,
  }),
  ClassTable_NameEmpty: ({ text }) => ({
    sentence: `row ${text('row')} of the class table has no name, expected one of its own`,
  }),
  ClassTable_NameTaken: ({ name, text }) => ({
    sentence: `rows ${text('firstRow')} and ${text('row')} of the class table are both ${name('name')}, expected each to have a name of its own`,
  }),
  ClassTable_NotGovernance: onlyBy('governance, by a proposal'),
  ClassTable_NotRising: ({ name, text }) => ({
    sentence: `row ${name('name')} of the class table weighs ${text('points')} after one of ${text('previous')}, expected more with every row`,
  }),
  ClassTable_PointsOutOfBounds: ({ name, text }) => ({
    sentence: `a slot of ${name('name')} would weigh ${text('points')}, expected at most ${text('max')}`,
  }),
  ClassTable_TooManyRows: ({ text }) => ({
    sentence: `the class table has ${text('rows')} rows, expected at most ${text('max')}`,
  }),
  GovernorAlreadyCastVote: ({ text }) => ({ sentence: `${text('voter')} has voted, expected one vote` }),
  GovernorAlreadyQueuedProposal: ({ text }) => ({
    sentence: `proposal ${text('proposalId')} is queued, expected it to be queued once`,
  }),
  GovernorDisabledDeposit: plainly('the governor takes no money, expected it to go to the timelock'),
  GovernorInsufficientProposerVotes: ({ text, tokens }) => ({
    sentence: `${text('proposer')} has votes of ${tokens('votes')}, expected at least ${tokens('threshold')}`,
    hint: 'delegate your votes to yourself, or find others who delegate theirs to you',
  }),
  GovernorInvalidProposalLength: ({ text }) => ({
    sentence: `the proposal has ${text('targets')} targets, ${text('values')} values and ${text('calldatas')} calls, expected as many of each, and one at least`,
  }),
  GovernorInvalidQuorumFraction: ({ text }) => ({
    sentence: `the quorum would be ${text('quorumNumerator')}, expected at most ${text('quorumDenominator')}, which is all votes`,
  }),
  GovernorInvalidSignature: ({ text }) => ({
    sentence: `the vote is not signed by ${text('voter')}, expected the voter’s signature`,
  }),
  GovernorInvalidVoteParams: plainly('the vote has parameters of a wrong kind, expected a plain vote'),
  GovernorInvalidVoteType: plainly('there is no such vote, expected against, for or abstain'),
  GovernorInvalidVotingPeriod: ({ span }) => ({
    sentence: `the vote would last ${span('votingPeriod')}, expected longer`,
  }),
  GovernorNonexistentProposal: ({ text }) => ({
    sentence: `there is no proposal ${text('proposalId')}, expected one that was made`,
    hint: 'give its change and its text exactly as they were proposed',
  }),
  GovernorOnlyExecutor: ({ text }) => ({
    sentence: `${text('account')} calls, expected governance, by a proposal`,
  }),
  GovernorPreventLateQuorumVoteExtensionTooLarge: ({ span }) => ({
    sentence: `a late quorum would extend the vote by ${span('newVoteExtension')}, expected at most ${span('maxVoteExtension')}`,
  }),
  GovernorProposalQueueingFailed: broken('the timelock did not take the proposal'),
  GovernorProposalQueueingNotRequired: broken('the proposal goes without the timelock'),
  GovernorRestrictedProposer: ({ text }) => ({
    sentence: `the text names another proposer than ${text('proposer')}, expected the one that it names`,
  }),
  GovernorUnableToCancel: ({ text }) => ({
    sentence: `${text('account')} cannot cancel proposal ${text('proposalId')}, expected its proposer before the vote begins`,
  }),
  GovernorUnexpectedProposalState: ({ text, proposalState, proposalStates, number }) => ({
    sentence: `proposal ${text('proposalId')} is ${proposalState('current')}, expected ${proposalStates('expectedStates')}`,
    ...(undecided.has(states[number('current')]) && { retry: 'later' }),
  }),
  HotaruGovernor_OutOfBounds: ({ text }) => ({
    sentence: `the setting would be ${text('value')}, expected ${text('min')} to ${text('max')}`,
  }),
  TimelockInsufficientDelay: ({ span }) => ({
    sentence: `the operation would wait ${span('delay')}, expected at least ${span('minDelay')}`,
  }),
  TimelockInvalidOperationLength: ({ text }) => ({
    sentence: `the operation has ${text('targets')} targets, ${text('values')} values and ${text('payloads')} calls, expected as many of each`,
  }),
  TimelockUnauthorizedCaller: onlyBy('the timelock itself, by a proposal'),
  TimelockUnexecutedPredecessor: ({ text }) => ({
    sentence: `operation ${text('predecessorId')} is not done, expected it before this one`,
    retry: 'later',
  }),
  TimelockUnexpectedOperationState: ({ text, operationStates, number }) => ({
    sentence: `operation ${text('operationId')} is in another state, expected ${operationStates('expectedStates')}`,
    ...(number('expectedStates') === readyOnly && {
      hint: 'a queued change can be carried out when its delay is over, and once',
      retry: 'later',
    }),
  }),
}

/** States that pass by themselves. */
const undecided: ReadonlySet<string | undefined> = new Set(['pending', 'active'])

/** The set of operation states in which an operation can be executed, as OpenZeppelin writes it. */
const readyOnly = 1 << 2
