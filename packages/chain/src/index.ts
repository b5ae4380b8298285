export { appealFault } from './appealFault.ts'
export { approveTokens } from './approveTokens.ts'
export { CodeDiffersError } from './assertCode.ts'
export { assertNetwork, ContractsMissingError, WrongChainError } from './assertNetwork.ts'
export { PowersError } from './assertPowers.ts'
export { type BeaconSource, createDrandBeacon, createLocalBeacon } from './BeaconSource.ts'
export { balanceOf } from './balanceOf.ts'
export { claimAll } from './claimAll.ts'
export { claimProgram } from './claimProgram.ts'
export { claimRewards } from './claimRewards.ts'
export { closeLease } from './closeLease.ts'
export { type Ballot, commitVote } from './commitVote.ts'
export { mayControlLease, setController } from './controlLease.ts'
export { countMachines } from './countMachines.ts'
export { countVerifiers } from './countVerifiers.ts'
export { createLedger, type Ledger } from './createLedger.ts'
export { createProgram } from './createProgram.ts'
export {
  type ContractName,
  contractNames,
  type Deployment,
  deploymentSchema,
  InvalidDeploymentError,
  parseDeployment,
} from './Deployment.ts'
export { delegateVotes } from './delegateVotes.ts'
export { deployLedger, NonceUsedError } from './deployLedger.ts'
export { depositStake } from './depositStake.ts'
export { endLease } from './endLease.ts'
export { enrollReporter } from './enrollReporter.ts'
export { enrollVerifier } from './enrollVerifier.ts'
export { executeFault } from './executeFault.ts'
export { exitMachine } from './exitMachine.ts'
export { extendLease } from './extendLease.ts'
export type { Asking } from './findAsker.ts'
export { type Forgery, findForgery } from './findForgery.ts'
export { findHits } from './findHits.ts'
export { findPenalty, type Penalty } from './findPenalty.ts'
export { finishAudit } from './finishAudit.ts'
export { heartbeat } from './heartbeat.ts'
export { isVerifier } from './isVerifier.ts'
export { joinProgram } from './joinProgram.ts'
export { judgeFault } from './judgeFault.ts'
export { leaveProgram } from './leaveProgram.ts'
export { listAudits } from './listAudits.ts'
export { listFaults } from './listFaults.ts'
export { listLeases } from './listLeases.ts'
export { listMachineSites, type MachineSite } from './listMachineSites.ts'
export { listMachines } from './listMachines.ts'
export { listProposals, type ProposalText } from './listProposals.ts'
export { BalanceTooSmallError, openLease } from './openLease.ts'
export { openRinger } from './openRinger.ts'
export { localParameters, type Parameters, parametersSchema, realParameters } from './Parameters.ts'
export { pauseMachine } from './pauseMachine.ts'
export { postPrices } from './postPrices.ts'
export { postTranscript } from './postTranscript.ts'
export {
  type Change,
  castVote,
  executeChange,
  type Proposal,
  type ProposalStatus,
  type ProposedCall,
  proposeChange,
  queueChange,
  readProposal,
} from './proposals.ts'
export { proveWrongEntry } from './proveWrongEntry.ts'
export { type Claim, type Claims, quoteClaims } from './quoteClaims.ts'
export { type Quote, quoteLease } from './quoteLease.ts'
export { type Audit, findLatestAudit, readAudit } from './readAudit.ts'
export { type AuditStep, readAuditSteps } from './readAuditSteps.ts'
export { type EpochBurn, readBurns } from './readBurns.ts'
export { readBusySlots } from './readBusySlots.ts'
export { readClassTable } from './readClassTable.ts'
export { type Committee, readCommittee } from './readCommittee.ts'
export { type Fault, faultKinds, readFault } from './readFault.ts'
export { type InForce, readInForce } from './readInForce.ts'
export { LeaseNotFoundError, readLease } from './readLease.ts'
export { findMachineByKey, hashOffer, MachineNotFoundError, readMachine } from './readMachine.ts'
export { readMachineStake } from './readMachineStake.ts'
export { readPairableAt } from './readPairableAt.ts'
export { readPickRound, readRandomness } from './readPickRound.ts'
export { readLatestPrice, readPrice, readReporters } from './readPrice.ts'
export { listPrograms, type Program, programFacts, readProgram } from './readProgram.ts'
export { readPurse } from './readPurse.ts'
export { readReceipt } from './readReceipt.ts'
export { readRegions } from './readRegions.ts'
export { type Rewards, readRewards } from './readRewards.ts'
export { readSlashes, type Slash } from './readSlashes.ts'
export { readStake, type Stake } from './readStake.ts'
export { openTicks, readTickRound } from './readTickRound.ts'
export { readTime } from './readTime.ts'
export { readVotes, type Votes } from './readVotes.ts'
export { recoverMachine } from './recoverMachine.ts'
export { registerMachine } from './registerMachine.ts'
export { registerOperator } from './registerOperator.ts'
export { rejectLease } from './rejectLease.ts'
export { reportFault } from './reportFault.ts'
export { requestAudit } from './requestAudit.ts'
export { requestAuditByChance } from './requestAuditByChance.ts'
export { requestPairAudit } from './requestPairAudit.ts'
export { resumeMachine } from './resumeMachine.ts'
export { revealVote } from './revealVote.ts'
export { ringerOf } from './ringerOf.ts'
export { rollProgram } from './rollProgram.ts'
export { rollRewards } from './rollRewards.ts'
export { seatCommittee } from './seatCommittee.ts'
export { isRefusal, ReadOnlyError, RevertedError, type Written } from './sendCall.ts'
export { sendGasMoney } from './sendGasMoney.ts'
export { setEndpoint } from './setEndpoint.ts'
export { setOffer } from './setOffer.ts'
export { settleLease } from './settleLease.ts'
export { signBeaconRound } from './signBeaconRound.ts'
export { type Observation, signObservation } from './signObservation.ts'
export { startLease } from './startLease.ts'
export {
  type AuditState,
  auditStates,
  type CommitteePhase,
  committeePhases,
  type FaultState,
  faultStates,
  type ProposalState,
  proposalStates,
} from './states.ts'
export {
  CallFailedError,
  NoGasMoneyError,
  NotSignedError,
  type RefusalName,
  RefusedError,
  UnreachableError,
} from './toLedgerError.ts'
export { transferTokens } from './transferTokens.ts'
export { type AuditEvent, watchAudits } from './watchAudits.ts'
export { type FaultEvent, watchFaults } from './watchFaults.ts'
export { type LeaseEvent, watchLeases } from './watchLeases.ts'
export type { Position, WatchOptions } from './watchLogs.ts'
export { withdrawPurse } from './withdrawPurse.ts'
