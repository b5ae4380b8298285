export type { Bundle } from './Bundle.ts'
export type { Client } from './Client.ts'
export { createHotaru, type Hotaru } from './createHotaru.ts'
export type { Dial, DialTarget } from './Dial.ts'
export type { ChainFacts, Ledger, OpenedLease, Order } from './Ledger.ts'
export { type Classified, classifyMachine } from './offers/classifyMachine.ts'
export { type Criterion, countFree, judgeOffer, type Reason, silenceLimitSeconds } from './offers/judgeOffer.ts'
export { type Ranked, type Ranking, rankOffers } from './offers/rankOffers.ts'
export type { Wish } from './offers/Wish.ts'
export { InvalidNetworkError, type Network, parseNetwork } from './parseNetwork.ts'
export { LineSplitter } from './program/LineSplitter.ts'
export { type ProgramLine, readProgramLine } from './program/readProgramLine.ts'
export type {
  Asking,
  Audit,
  AuditDetail,
  AuditEntry,
  AuditStep,
  ClaimDetail,
  Committee,
  EpochBurn,
  Fault,
  FaultDetail,
  InForce,
  MachineDetail,
  MachineMeasured,
  Program,
  ProposalDetail,
  Records,
  Slash,
} from './Records.ts'
export { searchOffers } from './searchOffers.ts'
