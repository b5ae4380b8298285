export { type Class, formatClass, fromBand, toBand } from './Class.ts'
export { type Card, type ClassRow, cards, initialClassTable } from './classTable.ts'
export { examLimits } from './examRequests.ts'
export { findClassRow } from './findClassRow.ts'
export { formatRegion } from './formatRegion.ts'
export { type Hardware, hardwareSchema, slotsOf } from './Hardware.ts'
export { type ClaimJudgement, judgeClaim } from './judgeClaim.ts'
export { type Lease, type LeaseState, leaseStates, leaseSteps } from './Lease.ts'
export { type LeaseProof, leaseProofTypedData } from './LeaseProof.ts'
export {
  assertLeaseToken,
  clockSkewSeconds,
  decodeLeaseToken,
  encodeLeaseToken,
  type LeaseToken,
  leaseTokenTypedData,
  longestTokenSeconds,
  RefusedTokenError,
  type Scope,
  scopes,
  type TokenDomain,
} from './LeaseToken.ts'
export { type Machine, type MachineState, machineStates, type Offer, type Tier, tiers, type Week } from './Machine.ts'
export { encodeReceipt, isBalanced, type Receipt } from './Receipt.ts'
export { type Measured, readMeasured } from './readMeasured.ts'
export {
  formatBytes,
  formatSeconds,
  formatTokens,
  formatUsd,
  InvalidAmountError,
  parseSeconds,
  parseTokens,
  parseUsd,
  tokenSymbol,
} from './units.ts'
export {
  decodeJudgement,
  decodeVerdict,
  encodeJudgement,
  encodeVerdict,
  type Judgement,
  noVerdict,
  type Verdict,
} from './Verdict.ts'
export {
  canonicalJson,
  defaultWorkloadLimits,
  hashWorkload,
  InvalidWorkloadError,
  parseWorkload,
  type Workload,
  workloadLimits,
  workloadSchema,
} from './Workload.ts'
export {
  answerSchemas,
  type ExamVerb,
  type Exit,
  exitSchema,
  frameLimits,
  type LeaseVerb,
  linkProtocol,
  type Refusal,
  type Reply,
  type Request,
  refusalSchema,
  replySchema,
  requestSchema,
  scopeOf,
  type Verb,
  type WorkState,
  workStates,
} from './wire.ts'
