import type { Retry } from '@hotaru/base'
import { formatTokens, formatUsd, leaseStates, machineStates } from '@hotaru/protocol'
import type { RefusalName } from './toLedgerError.ts'

/** What a refusal says to a person: "what is so, expected what should be", and the next step. */
export type Description = { sentence: string; hint?: string; retry?: Retry }

/** Puts a refusal of the ledger into words. @param values The error's values by their names in Solidity. */
export function describeRefusal(refusal: RefusalName, values: Readonly<Record<string, unknown>>): Description {
  if (!(refusal in descriptions))
    return { sentence: refusal + JSON.stringify(values, (_, v) => (typeof v === 'bigint' ? String(v) : v)) }
  return descriptions[refusal]({
    text: (name) => `"${String(values[name])}"`,
    tokens: (name) => `"${formatTokens(toBigint(values[name]))}"`,
    usd: (name) => `"${formatUsd(toBigint(values[name]))}"`,
    time: (name) => `"${new Date(Number(values[name]) * 1000).toISOString()}"`,
    leaseState: (name) => `"${leaseStates[Number(values[name])]}"`,
    machineState: (name) => `"${machineStates[Number(values[name])]}"`,
  })
}

type Words = Record<'text' | 'tokens' | 'usd' | 'time' | 'leaseState' | 'machineState', (name: string) => string>

const toBigint = (value: unknown) => (typeof value === 'bigint' ? value : BigInt(Number(value)))

const never = (sentence: string, hint?: string) => (): Description => ({ sentence, ...(hint && { hint }) })
const broken = (what: string) => never(`${what}, expected this never to happen`, 'report it: it is an error of ours')

/** One entry an error of `contracts/src/Errors.sol` and of the libraries below it; the type makes it complete. */
const descriptions: Readonly<Record<RefusalName, (words: Words) => Description>> = {
  Audits_AlreadyAttested: ({ text }) => ({
    sentence: `${text('verifier')} has given its verdict, expected one verdict`,
  }),
  Audits_AlreadyVerifier: ({ text }) => ({ sentence: `${text('account')} is a verifier, expected a new one` }),
  Audits_DeadlineOver: ({ time }) => ({ sentence: `verdicts ended at ${time('deadline')}, expected one before that` }),
  Audits_NotMachine: ({ text }) => ({
    sentence: `${text('caller')} is neither owner nor key of machine ${text('machineId')}, expected one of them`,
  }),
  Audits_NotRequested: ({ text }) => ({
    sentence: `audit ${text('auditId')} takes no verdicts, expected an open audit`,
  }),
  Audits_NotVerifier: ({ text }) => ({
    sentence: `${text('account')} is no verifier, expected an enrolled one`,
    hint: 'deposit the verifier stake and enroll first',
  }),
  Audits_StillOpen: ({ time }) => ({
    sentence: `verdicts may come until ${time('deadline')}, expected the audit to be over`,
    retry: 'later',
  }),
  CheckpointUnorderedInsertion: broken('the token wrote its votes out of order'),
  ECDSAInvalidSignature: never('the signature is not valid, expected one by the machine key'),
  ECDSAInvalidSignatureLength: never('the signature has a wrong length, expected 65 bytes'),
  ECDSAInvalidSignatureS: never('the signature is malleable, expected its lower form'),
  ERC20ExceededSafeSupply: broken('the token exceeded its supply'),
  ERC20InsufficientAllowance: ({ tokens }) => ({
    sentence: `the allowance is ${tokens('allowance')}, expected at least ${tokens('needed')}`,
    hint: 'sign a new permit, or approve the amount',
  }),
  ERC20InsufficientBalance: ({ tokens }) => ({
    sentence: `the balance is ${tokens('balance')}, expected at least ${tokens('needed')}`,
    hint: 'get some tokens; on a local network `npm run faucet -- ADDRESS` gives some',
  }),
  ERC20InvalidApprover: broken('the approver is the zero address'),
  ERC20InvalidReceiver: never('the receiver is the zero address, expected an account'),
  ERC20InvalidSender: broken('the sender is the zero address'),
  ERC20InvalidSpender: never('the spender is the zero address, expected an account'),
  ERC2612ExpiredSignature: ({ time }) => ({
    sentence: `the permit ran out at ${time('deadline')}, expected a fresh one`,
    retry: 'later',
  }),
  ERC2612InvalidSigner: ({ text }) => ({
    sentence: `the permit was signed by ${text('signer')}, expected ${text('owner')}`,
  }),
  ERC5805FutureLookup: never('the time asked for has not come, expected a past one'),
  ERC721IncorrectOwner: ({ text }) => ({
    sentence: `the deed belongs to ${text('owner')}, expected ${text('sender')}`,
  }),
  ERC721InsufficientApproval: ({ text }) => ({
    sentence: `${text('operator')} may not move deed ${text('tokenId')}, expected its owner`,
  }),
  ERC721InvalidApprover: never('the approver does not own the deed, expected its owner'),
  ERC721InvalidOperator: never('the operator is the zero address, expected an account'),
  ERC721InvalidOwner: never('the owner is the zero address, expected an account'),
  ERC721InvalidReceiver: never('the receiver cannot hold a deed, expected one that can'),
  ERC721InvalidSender: broken('the deed exists twice'),
  ERC721NonexistentToken: ({ text }) => ({
    sentence: `there is no deed ${text('tokenId')}, expected a registered machine`,
  }),
  InvalidAccountNonce: ({ text }) => ({
    sentence: `the nonce of the signature is used, expected ${text('currentNonce')}`,
    retry: 'later',
  }),
  InvalidShortString: broken('a name of a contract is malformed'),
  Leases_AcceptWindowOver: ({ time }) => ({
    sentence: `the acceptance window ended at ${time('overAt')}, expected a reject before that`,
    hint: '`hotaru lease stop` refunds the unused seconds',
  }),
  Leases_AuditStale: ({ text }) => ({
    sentence: `machine ${text('machineId')} has no fresh audit, expected one that passed`,
    hint: 'choose another machine, or wait for its audit',
    retry: 'elsewhere',
  }),
  Leases_BurnOutOfBounds: ({ text }) => ({
    sentence: `the burn share is ${text('burnBps')}, expected ${text('min')} to ${text('max')} ten-thousandths`,
  }),
  Leases_DurationOutOfBounds: ({ text }) => ({
    sentence: `the duration is ${text('duration')} seconds, expected ${text('min')} to ${text('max')}`,
    hint: 'choose a duration that the offer allows',
  }),
  Leases_MachineNotOnline: ({ text, machineState }) => ({
    sentence: `machine ${text('machineId')} is ${machineState('state')}, expected "online"`,
    hint: 'choose another machine',
    retry: 'elsewhere',
  }),
  Leases_MachineSilent: ({ text, time }) => ({
    sentence: `machine ${text('machineId')} was due to be heard from by ${time('silentAfter')}, expected a heartbeat since`,
    hint: 'choose another machine',
    retry: 'elsewhere',
  }),
  Leases_NotGuardian: ({ text }) => ({ sentence: `${text('caller')} is not the guardian, expected the guardian` }),
  Leases_NotMachine: ({ text }) => ({
    sentence: `${text('caller')} is neither owner nor key of the machine of lease ${text('leaseId')}, expected one of them`,
  }),
  Leases_NotRenter: ({ text }) => ({
    sentence: `${text('caller')} did not open lease ${text('leaseId')}, expected its renter`,
    hint: 'use the wallet that opened the lease',
  }),
  Leases_OfferChanged: ({ text }) => ({
    sentence: `machine ${text('machineId')} has changed its offer, expected the terms that were shown`,
    hint: 'look at the new terms with `hotaru offer search`, then try again',
    retry: 'elsewhere',
  }),
  Leases_OpeningPaused: ({ time }) => ({
    sentence: `new leases are paused until ${time('until')}, expected opening to be allowed`,
    retry: 'later',
  }),
  Leases_PauseOutOfBounds: ({ time }) => ({
    sentence: `the pause would end at ${time('until')}, expected a time from now to ${time('latest')}`,
  }),
  Leases_PauseTooSoon: ({ time }) => ({
    sentence: `the next pause is allowed at ${time('allowedAt')}, expected to be after that`,
    retry: 'later',
  }),
  Leases_RateTooHigh: ({ tokens }) => ({
    sentence: `the rent is ${tokens('rate')} a second, expected at most ${tokens('maxRate')}`,
    hint: 'the token’s price moved; ask for a new quote',
    retry: 'later',
  }),
  Leases_SlotsBusy: ({ text }) => ({
    sentence: `another lease holds slots of machine ${text('machineId')} (set ${text('busy')}), expected them free`,
    hint: 'choose other slots or another machine',
    retry: 'elsewhere',
  }),
  Leases_SlotsInvalid: ({ text }) => ({
    sentence: `the set of slots ${text('slots')} is empty or beyond machine ${text('machineId')}, expected slots of its ${text('machineSlots')}`,
  }),
  Leases_StartWindowOver: ({ time }) => ({
    sentence: `the lease had to start by ${time('overAt')}, expected a start before that`,
    hint: 'close it: the renter gets everything back',
  }),
  Leases_TooManyRejects: ({ time }) => ({
    sentence: `the rejects of the day are used up, expected to wait until ${time('allowedAt')}`,
    hint: '`hotaru lease stop` refunds the unused seconds',
    retry: 'later',
  }),
  Leases_Unknown: ({ text }) => ({ sentence: `there is no lease ${text('leaseId')}, expected one that was opened` }),
  Leases_WrongState: ({ text, leaseState }) => ({
    sentence: `lease ${text('leaseId')} is ${leaseState('state')}, expected a state in which this can be done`,
  }),
  Machines_DeedStaked: ({ text }) => ({
    sentence: `machine ${text('machineId')} is on the network, expected it to exit before its deed moves`,
  }),
  Machines_KeySignatureInvalid: ({ text }) => ({
    sentence: `the key signature is by ${text('signer')}, expected ${text('key')} to sign for this owner`,
  }),
  Machines_KeyTaken: ({ text }) => ({
    sentence: `key ${text('key')} signs for machine ${text('machineId')}, expected a new key`,
  }),
  Machines_NotKey: ({ text }) => ({
    sentence: `${text('caller')} is not the key of machine ${text('machineId')}, expected its key`,
  }),
  Machines_NotOnNetwork: ({ text, machineState }) => ({
    sentence: `machine ${text('machineId')} is ${machineState('state')}, expected a machine on the network`,
  }),
  Machines_NotOwner: ({ text }) => ({
    sentence: `${text('caller')} does not own machine ${text('machineId')}, expected its owner`,
  }),
  Machines_NotOwnerOrKey: ({ text }) => ({
    sentence: `${text('caller')} is neither owner nor key of machine ${text('machineId')}, expected one of them`,
  }),
  Machines_OfferInvalid: never('the offer has no price, no sensible times or no such tier, expected a whole offer'),
  Machines_SlotsBusy: ({ text }) => ({
    sentence: `leases hold slots of machine ${text('machineId')} (set ${text('busy')}), expected all free`,
    hint: 'pause the machine, and exit when its leases are over',
    retry: 'later',
  }),
  Machines_SlotsOutOfBounds: ({ text }) => ({
    sentence: `the machine has ${text('slots')} slots, expected 1 to ${text('max')}`,
  }),
  Machines_TextTooLong: ({ text }) => ({
    sentence: `the endpoint or claim has ${text('length')} bytes, expected at most ${text('max')}`,
  }),
  Machines_WrongState: ({ text, machineState }) => ({
    sentence: `machine ${text('machineId')} is ${machineState('state')}, expected the other state`,
  }),
  Prices_MovedTooFar: ({ usd }) => ({
    sentence: `the price ${usd('usdPerToken')} is too far from ${usd('last')}, expected a step of at most ${usd('slack')}`,
  }),
  Prices_NotReporter: ({ text }) => ({ sentence: `${text('caller')} is no reporter, expected one` }),
  Prices_ReporterTwice: ({ text }) => ({ sentence: `reporter ${text('reporter')} is named twice, expected each once` }),
  Prices_ReportersOutOfBounds: ({ text }) => ({
    sentence: `there are ${text('reporters')} reporters, expected 1 to ${text('max')}`,
  }),
  Prices_Stale: ({ time }) => ({
    sentence: `the token’s price went stale at ${time('freshUntil')}, expected posts of a majority of the reporters`,
    hint: 'wait for the reporters; on a local network restart it',
    retry: 'later',
  }),
  Prices_TooSoon: ({ time }) => ({
    sentence: `the next price is allowed at ${time('allowedAt')}, expected to be after that`,
    retry: 'later',
  }),
  Prices_Zero: never('the price is zero, expected more'),
  SafeCastOverflowedUintDowncast: never('a number is too large, expected one that fits'),
  SafeERC20FailedOperation: broken('the token refused without a reason'),
  Stakes_FreeTooSmall: ({ tokens }) => ({
    sentence: `the free stake is ${tokens('free')}, expected at least ${tokens('amount')}`,
    hint: 'deposit stake first',
  }),
  Stakes_LockedTooSmall: broken('less stake is locked than is unlocked'),
  Stakes_NotLocker: ({ text }) => ({
    sentence: `${text('caller')} may not lock stake, expected a contract of the ledger`,
  }),
  Stakes_NothingUnbonding: ({ text }) => ({ sentence: `${text('account')} has no stake unbonding, expected some` }),
  Stakes_StillUnbonding: ({ time }) => ({
    sentence: `the stake is free at ${time('releasableAt')}, expected to be after that`,
    retry: 'later',
  }),
  Stakes_UnbondingOutOfBounds: ({ text }) => ({
    sentence: `the unbonding period is ${text('period')} seconds, expected at most ${text('max')}`,
  }),
  StringTooLong: broken('a name of a contract is too long'),
  VotesExpiredSignature: never('the signature ran out, expected a fresh one'),
}
