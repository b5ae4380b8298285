import type { RefusalName } from '../toLedgerError.ts'
import type { governance } from './governance.ts'
import { broken, plainly } from './phrases.ts'
import type { RefusalsNamed } from './Refusals.ts'

type LibraryRefusal = Exclude<RefusalName, `${string}_${string}` | keyof typeof governance>

/** Why the libraries below the ledger refuse: tokens, deeds, permits, signatures. */
export const openzeppelin: RefusalsNamed<LibraryRefusal> = {
  CheckpointUnorderedInsertion: broken('the token wrote its votes out of order'),
  ECDSAInvalidSignature: plainly('the signature is not valid, expected one by the machine key'),
  ECDSAInvalidSignatureLength: plainly('the signature has a wrong length, expected 65 bytes'),
  ECDSAInvalidSignatureS: plainly('the signature is malleable, expected its lower form'),
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
  ERC20InvalidReceiver: plainly('the receiver is the zero address, expected an account'),
  ERC20InvalidSender: broken('the sender is the zero address'),
  ERC20InvalidSpender: plainly('the spender is the zero address, expected an account'),
  ERC2612ExpiredSignature: ({ time }) => ({
    sentence: `the permit ran out at ${time('deadline')}, expected a fresh one`,
    retry: 'later',
  }),
  ERC2612InvalidSigner: ({ text }) => ({
    sentence: `the permit was signed by ${text('signer')}, expected ${text('owner')}`,
  }),
  ERC5805FutureLookup: ({ time }) => ({
    sentence: `votes are asked for as of ${time('timepoint')}, expected a time before ${time('clock')}`,
    retry: 'later',
  }),
  ERC6372InconsistentClock: broken('the token tells the time otherwise than it says'),
  ERC721IncorrectOwner: ({ text }) => ({
    sentence: `the deed belongs to ${text('owner')}, expected ${text('sender')}`,
  }),
  ERC721InsufficientApproval: ({ text }) => ({
    sentence: `${text('operator')} may not move deed ${text('tokenId')}, expected its owner`,
  }),
  ERC721InvalidApprover: plainly('the approver does not own the deed, expected its owner'),
  ERC721InvalidOperator: plainly('the operator is the zero address, expected an account'),
  ERC721InvalidOwner: plainly('the owner is the zero address, expected an account'),
  ERC721InvalidReceiver: plainly('the receiver cannot hold a deed, expected one that can'),
  ERC721InvalidSender: broken('the deed exists twice'),
  ERC721NonexistentToken: ({ text }) => ({
    sentence: `there is no deed ${text('tokenId')}, expected a registered machine`,
  }),
  FailedCall: plainly('a call of the operation failed without a reason, expected all to succeed'),
  InvalidAccountNonce: ({ text }) => ({
    sentence: `the nonce of the signature is used, expected ${text('currentNonce')}`,
    retry: 'later',
  }),
  InvalidShortString: broken('a name of a contract is malformed'),
  ReentrancyGuardReentrantCall: plainly('the token called back, expected one that does not'),
  SafeCastOverflowedUintDowncast: plainly('a number is too large, expected one that fits'),
  SafeERC20FailedOperation: ({ text }) => ({
    sentence: `token ${text('token')} refused without a reason, expected it to move what it was asked to`,
  }),
  StringTooLong: broken('a name of a contract is too long'),
  VotesExpiredSignature: ({ time }) => ({
    sentence: `the signature ran out at ${time('expiry')}, expected a fresh one`,
  }),
}
