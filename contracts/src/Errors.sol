// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAudits} from "./interfaces/IAudits.sol";
import {ICommittees} from "./interfaces/ICommittees.sol";
import {IFaults} from "./interfaces/IFaults.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";

/// @title Errors
/// @notice Every reason for which the ledger refuses, with the values that explain it. Times are unix seconds.
library Errors {
    /// @notice Thrown when a machine posts a second transcript to the same committee.
    error Audits_AlreadyPosted(uint256 auditId, bytes32 transcript);
    /// @notice Thrown when those who passed a wrong entry have already paid for it.
    error Audits_AlreadyPunished(uint256 auditId);
    /// @notice Thrown when a round said to break the chain follows from the one before.
    error Audits_ChainHolds(uint256 auditId, uint256 slot, uint256 round);
    /// @notice Thrown when something is proved while a ringer can still be opened.
    error Audits_ChallengeNotOpen(uint256 auditId, uint256 opensAt);
    /// @notice Thrown at deployment when the size or the number of rounds of the challenge is outside its bounds.
    error Audits_ChallengeOutOfBounds(uint256 n, uint256 rounds);
    /// @notice Thrown when something is proved after the challenge period.
    error Audits_ChallengeOver(uint256 auditId, uint256 overAt);
    /// @notice Thrown when an entry said to be wrong has the right value.
    error Audits_EntryRight(uint256 auditId, uint256 row, uint256 column, uint256 value);
    /// @notice Thrown when an audit is requested of a machine that is being audited.
    error Audits_InProgress(uint256 machineId, uint256 auditId);
    /// @notice Thrown when an audit is requested of a machine that has exited or was never registered.
    error Audits_MachineNotOnNetwork(uint256 machineId, IMachines.State state);
    /// @notice Thrown when an audit was not requested with this ringer.
    error Audits_NoRinger(uint256 auditId, bytes32 ringer, bytes32 opened);
    /// @notice Thrown when a round is not the first of its tick.
    error Audits_NoTick(uint64 round);
    /// @notice Thrown when a machine is audited by chance that the round does not hit.
    error Audits_NotHit(uint256 machineId, uint64 round);
    /// @notice Thrown when a leaf is not that of the entry in the product that the machine committed to.
    error Audits_NotInProduct(uint256 auditId, uint256 row, uint256 column);
    /// @notice Thrown when a round is not in the transcript that the machine posted.
    error Audits_NotInTranscript(uint256 auditId, uint256 slot, uint256 round);
    /// @notice Thrown when someone other than the machine's owner or key speaks for it.
    error Audits_NotMachine(uint256 machineId, address caller);
    /// @notice Thrown when an entry is of another round than the pick.
    error Audits_NotPicked(uint256 auditId, uint256 round, uint256 pickedRound);
    /// @notice Thrown when someone who is no verifier asks for two machines side by side.
    error Audits_NotVerifier(address caller);
    /// @notice Thrown when a machine is asked for side by side with itself.
    error Audits_PairOfOne(uint256 machineId);
    /// @notice Thrown when a verifier asks for two machines side by side again before he may.
    error Audits_PairTooSoon(address verifier, uint256 allowedAt);
    /// @notice Thrown at deployment when the delay of the picks is longer than allowed, in seconds.
    error Audits_PickDelayOutOfBounds(uint256 delay, uint256 max);
    /// @notice Thrown when a ringer is opened too late.
    error Audits_RingerPeriodOver(uint256 auditId, uint256 overAt);
    /// @notice Thrown when two rounds are of different slots, or the second does not come right after the first.
    error Audits_RoundsApart(uint256 slot, uint256 round, uint256 nextSlot, uint256 nextRound);
    /// @notice Thrown when a round said to start falsely is none of the first, or starts at the audit's seed.
    error Audits_StartHolds(uint256 auditId, uint256 slot, uint256 round);
    /// @notice Thrown when a round is used before it is published or after its window.
    error Audits_TickNotNow(uint64 round, uint256 publishedAt, uint256 usableUntil);
    /// @notice Thrown when chance has already asked for an audit of the machine by this round or a later one.
    error Audits_TickUsed(uint256 machineId, uint64 lastRound);
    /// @notice Thrown when another audit is requested before the machine may have it.
    error Audits_TooSoon(uint256 machineId, uint256 allowedAt);
    /// @notice Thrown when a machine posts a transcript of zero.
    error Audits_TranscriptEmpty(uint256 auditId);
    /// @notice Thrown when the audit's committee is not in the phase in which this can be done.
    error Audits_WrongPhase(uint256 auditId, ICommittees.Phase phase);
    /// @notice Thrown when an audit is not in a state in which this can be done.
    error Audits_WrongState(uint256 auditId, IAudits.State state);

    /// @notice Thrown at deployment when a beacon's public key is no point of its group.
    error Beacon_KeyInvalid(uint256[4] key);
    /// @notice Thrown at deployment when a beacon has no seconds from one round to the next.
    error Beacon_PeriodInvalid(uint256 period);
    /// @notice Thrown when a proof is not the beacon's for this round.
    error Beacon_ProofInvalid(uint64 round);
    /// @notice Thrown when the time of a round is asked for that is never published: the first is round 1.
    error Beacon_RoundUnknown(uint64 round);

    /// @notice Thrown when the first step of a burn table does not begin at 0.
    error BurnTable_FirstNotZero(uint256 fromSlots);
    /// @notice Thrown when a step of a burn table does not begin after the one before it.
    error BurnTable_NotAscending(uint256 fromSlots, uint256 previous);
    /// @notice Thrown when someone other than governance sets the burn table.
    error BurnTable_NotGovernance(address caller);
    /// @notice Thrown when a burn share is outside its hard bounds, in hundredths of a percent.
    error BurnTable_ShareOutOfBounds(uint256 bps, uint256 min, uint256 max);
    /// @notice Thrown when a burn table has no steps or too many.
    error BurnTable_StepsOutOfBounds(uint256 steps, uint256 max);

    /// @notice Thrown when a row of the class table ends below the band it begins at.
    error ClassTable_BandsReversed(bytes16 name, uint256 computeFrom, uint256 computeTo);
    /// @notice Thrown when a row of the class table is of a kind that no verdict can say.
    error ClassTable_KindUnknown(bytes16 name, uint256 kind);
    /// @notice Thrown when a row of the class table has no name.
    error ClassTable_NameEmpty(uint256 row);
    /// @notice Thrown when two rows of the class table have the same name.
    error ClassTable_NameTaken(bytes16 name, uint256 firstRow, uint256 row);
    /// @notice Thrown when someone other than governance sets the class table.
    error ClassTable_NotGovernance(address caller);
    /// @notice Thrown when a row of the class table weighs no more than the one before it; the first weighs 1 at least.
    error ClassTable_NotRising(bytes16 name, uint256 points, uint256 previous);
    /// @notice Thrown when a slot would weigh more than the hard bound.
    error ClassTable_PointsOutOfBounds(bytes16 name, uint256 points, uint256 max);
    /// @notice Thrown when a class table has too many rows.
    error ClassTable_TooManyRows(uint256 rows, uint256 max);

    /// @notice Thrown when a member commits a second time.
    error Committees_AlreadyCommitted(uint256 committeeId, address verifier);
    /// @notice Thrown when a member opens his vote a second time.
    error Committees_AlreadyRevealed(uint256 committeeId, address verifier);
    /// @notice Thrown when a member opens a vote without having committed to one.
    error Committees_NotCommitted(uint256 committeeId, address verifier);
    /// @notice Thrown when a contract that convenes no committees, or not this one, does what only a convener may.
    error Committees_NotConvener(address caller);
    /// @notice Thrown when someone votes who was not drawn.
    error Committees_NotMember(uint256 committeeId, address caller);
    /// @notice Thrown when an opened vote is not the one committed to.
    error Committees_NotTheCommittedVote(uint256 committeeId, bytes32 commitment, bytes32 opened);
    /// @notice Thrown when an account that is not enrolled leaves.
    error Committees_NotVerifier(address account);
    /// @notice Thrown at deployment when the delay of the seed is longer than allowed, in seconds.
    error Committees_SeedDelayOutOfBounds(uint256 delay, uint256 max);
    /// @notice Thrown when a committee is asked for that is too small or too large.
    error Committees_SizeOutOfBounds(uint256 size, uint256 min, uint256 max);
    /// @notice Thrown when a verifier who left comes back while his stake is still unbonding.
    error Committees_StillUnbonding(address verifier, uint256 releasableAt);
    /// @notice Thrown when a verifier would have no ticket, or too many.
    error Committees_TicketsOutOfBounds(uint256 tickets, uint256 max);
    /// @notice Thrown when a vote of zero is opened.
    error Committees_VoteEmpty(uint256 committeeId);
    /// @notice Thrown when a committee is not in the phase in which this can be done.
    error Committees_WrongPhase(uint256 committeeId, ICommittees.Phase phase);

    /// @notice Thrown at deployment when an epoch would be too short or too long, in seconds.
    error Epochs_LengthOutOfBounds(uint256 epochSeconds, uint256 min, uint256 max);
    /// @notice Thrown when work of an epoch is claimed that is not rolled yet.
    error Epochs_NotRolled(uint256 epoch, uint256 nextEpoch);

    /// @notice Thrown when a fault is reported while another of the same machine and lease is open and the machine not back.
    error Faults_AlreadyOpen(uint256 machineId, uint256 leaseId, uint256 faultId);
    /// @notice Thrown when a machine is said to be back a second time.
    error Faults_AlreadyRecovered(uint256 faultId, uint256 until);
    /// @notice Thrown when a verdict is appealed too late.
    error Faults_AppealPeriodOver(uint256 faultId, uint256 overAt);
    /// @notice Thrown when votes are counted before the committee is over.
    error Faults_CommitteeNotOver(uint256 faultId, uint256 committeeId, ICommittees.Phase phase);
    /// @notice Thrown when a verdict is appealed that came of an appeal.
    error Faults_Final(uint256 faultId);
    /// @notice Thrown when a verdict is appealed by someone whom it does not go against.
    error Faults_NotLoser(uint256 faultId, address caller);
    /// @notice Thrown when a fault is reported for a lease of another machine.
    error Faults_NotOnMachine(uint256 leaseId, uint256 machineId);
    /// @notice Thrown when a fault is reported of a machine that has exited or was never registered.
    error Faults_NotOnNetwork(uint256 machineId, IMachines.State state);
    /// @notice Thrown when someone other than the machine's owner or key says that it is back.
    error Faults_NotOwnerOrKey(uint256 faultId, address caller);
    /// @notice Thrown when someone other than the renter reports for a lease.
    error Faults_NotRenter(uint256 leaseId, address caller);
    /// @notice Thrown when a fault would have begun before its lease, after its end, in the future, too long ago, or before
    /// the last one was over.
    error Faults_SinceOutOfBounds(uint256 since, uint256 earliest, uint256 latest);
    /// @notice Thrown when a verdict is carried out that can still be appealed.
    error Faults_StillAppealable(uint256 faultId, uint256 finalAt);
    /// @notice Thrown when there is no fault of this number.
    error Faults_Unknown(uint256 faultId);
    /// @notice Thrown when a fault is not in a state in which this can be done.
    error Faults_WrongState(uint256 faultId, IFaults.State state);

    /// @notice Thrown when someone other than the guardian pauses.
    error Guardian_NotGuardian(address caller);
    /// @notice Thrown when a pause would end in the past or last too long.
    error Guardian_PauseOutOfBounds(uint256 until, uint256 latest);
    /// @notice Thrown when the guardian pauses again before the cooldown is over.
    error Guardian_PauseTooSoon(uint256 allowedAt);
    /// @notice Thrown when something is done that the guardian's pause holds up; it can be done from `until` on.
    error Guardian_Paused(uint256 until);

    /// @notice Thrown when a setting of the governor is outside its hard bounds.
    error HotaruGovernor_OutOfBounds(uint256 value, uint256 min, uint256 max);

    /// @notice Thrown when a lease is rejected after its acceptance window.
    error Leases_AcceptWindowOver(uint256 leaseId, uint256 overAt);
    /// @notice Thrown when a lease would be shorter or longer than the offer allows, in seconds.
    error Leases_DurationOutOfBounds(uint256 duration, uint256 min, uint256 max);
    /// @notice Thrown when a lease would be extended by nothing or by more than `max` seconds.
    error Leases_ExtensionOutOfBounds(uint256 leaseId, uint256 duration, uint256 max);
    /// @notice Thrown when the operator's fee is above its cap, or there is no such operator.
    error Leases_FeeTooHigh(uint256 operatorId, uint256 feeBps, uint256 capBps);
    /// @notice Thrown when someone other than Faults closes a lease as of a missed second.
    error Leases_NotFaults(address caller);
    /// @notice Thrown when someone other than the machine's owner or key starts or ends a lease.
    error Leases_NotMachine(uint256 leaseId, address caller);
    /// @notice Thrown when a preemptible lease is opened over others.
    error Leases_NotOnDemand(uint256 machineId);
    /// @notice Thrown when someone other than Orders opens for a signer or holds slots.
    error Leases_NotOrders(address caller);
    /// @notice Thrown when notice is given to a lease that is not preemptible, is closed, or has none of the slots wanted.
    error Leases_NotPreemptible(uint256 leaseId, ILeases.State state);
    /// @notice Thrown when someone other than Machines or Operators opens a purse.
    error Leases_NotPurser(address caller);
    /// @notice Thrown when someone other than the renter extends, closes or rejects a lease.
    error Leases_NotRenter(uint256 leaseId, address caller);
    /// @notice Thrown when a purse is paid out that holds nothing.
    error Leases_PurseEmpty(uint256 purse);
    /// @notice Thrown when the rent, in token units a second, is above what the renter allows.
    error Leases_RateTooHigh(uint256 rate, uint256 maxRate);
    /// @notice Thrown when a renter names himself as the operator that brought him.
    error Leases_SelfReferral(uint256 operatorId, address renter);
    /// @notice Thrown when slots are leased that another lease holds; `busy` is the set of those.
    error Leases_SlotsBusy(uint256 machineId, uint64 busy);
    /// @notice Thrown when a set of slots is empty or names slots that the machine does not have.
    error Leases_SlotsInvalid(uint256 machineId, uint64 slots, uint256 machineSlots);
    /// @notice Thrown when a lease is started while the one that it pushed out still has its notice.
    error Leases_StartTooEarly(uint256 leaseId, uint256 startsAt);
    /// @notice Thrown when a lease is started too late; anyone may close it for its renter.
    error Leases_StartWindowOver(uint256 leaseId, uint256 overAt);
    /// @notice Thrown when a renter has used up his rejects of the period.
    error Leases_TooManyRejects(address renter, uint256 allowedAt);
    /// @notice Thrown when there is no lease of this number.
    error Leases_Unknown(uint256 leaseId);
    /// @notice Thrown when a lease would not be over by the end of the machine's hours or by its maintenance.
    error Leases_WindowTooShort(uint256 machineId, uint256 duration, uint256 openUntil);
    /// @notice Thrown when a lease is not in a state in which this can be done.
    error Leases_WrongState(uint256 leaseId, ILeases.State state);

    /// @notice Thrown when a machine without a fresh passed audit is leased.
    error Machines_AuditStale(uint256 machineId);
    /// @notice Thrown when the machine key did not sign for this owner and nonce; `signer` is who did.
    error Machines_KeySignatureInvalid(address key, address signer);
    /// @notice Thrown when a machine key already signs for a machine.
    error Machines_KeyTaken(address key, uint256 machineId);
    /// @notice Thrown when maintenance would begin too soon, before a lease is over, or end before it begins.
    error Machines_MaintenanceInvalid(uint256 from, uint256 until, uint256 earliest);
    /// @notice Thrown when maintenance is planned while another is not over.
    error Machines_MaintenancePlanned(uint256 machineId, uint256 from, uint256 until);
    /// @notice Thrown when maintenance, in seconds, is longer than what is left of the month's budget.
    error Machines_MaintenanceTooLong(uint256 machineId, uint256 duration, uint256 left);
    /// @notice Thrown when someone other than Audits gives a machine its class.
    error Machines_NotAudits(address caller);
    /// @notice Thrown when someone other than Audits or Faults slashes a machine.
    error Machines_NotJudge(address caller);
    /// @notice Thrown when someone other than the machine's key sends its heartbeat.
    error Machines_NotKey(uint256 machineId, address caller);
    /// @notice Thrown when a machine is leased in a way that its offer does not name.
    error Machines_NotOffered(uint256 machineId, bool preemptible);
    /// @notice Thrown when a machine has exited or was never registered.
    error Machines_NotOnNetwork(uint256 machineId, IMachines.State state);
    /// @notice Thrown when a machine that is paused, exited or unknown is leased.
    error Machines_NotOnline(uint256 machineId, IMachines.State state);
    /// @notice Thrown when someone other than the owner does what only he may.
    error Machines_NotOwner(uint256 machineId, address caller);
    /// @notice Thrown when someone other than the owner or the key does what only they may.
    error Machines_NotOwnerOrKey(uint256 machineId, address caller);
    /// @notice Thrown when a machine is pruned whose class still holds or is not counted.
    error Machines_NothingToPrune(uint256 machineId, uint256 classUntil);
    /// @notice Thrown when the machine's terms are no longer those that the renter saw.
    error Machines_OfferChanged(uint256 machineId, bytes32 offerHash, bytes32 expected);
    /// @notice Thrown when an offer has no price, no sensible bounds of time, or no such tier.
    error Machines_OfferInvalid(IMachines.Offer offer);
    /// @notice Thrown when a machine is leased whose heartbeat is overdue.
    error Machines_Silent(uint256 machineId, uint256 silentAfter);
    /// @notice Thrown when a machine exits while leases hold slots of it; `busy` is the set of those.
    error Machines_SlotsBusy(uint256 machineId, uint64 busy);
    /// @notice Thrown when a machine is registered without slots or with too many.
    error Machines_SlotsOutOfBounds(uint256 slots, uint256 max);
    /// @notice Thrown when a machine is resumed that a slash has left with too little stake.
    error Machines_StakeTooSmall(uint256 machineId, uint256 missing);
    /// @notice Thrown when an endpoint or a claim has more bytes than a page of machines can carry.
    error Machines_TextTooLong(uint256 length, uint256 max);
    /// @notice Thrown when a machine is paused that is not online, or resumed that is not paused.
    error Machines_WrongState(uint256 machineId, IMachines.State state);

    /// @notice Thrown when an operator is handed over to nobody.
    error Operators_AccountZero(uint256 operatorId);
    /// @notice Thrown when an operator's cap is above the cap of all, in hundredths of a percent.
    error Operators_FeeCapTooHigh(uint256 feeCapBps, uint256 max);
    /// @notice Thrown when an operator has no name or one of too many bytes.
    error Operators_NameLengthOutOfBounds(uint256 length, uint256 min, uint256 max);
    /// @notice Thrown when someone other than the operator's account changes it or hands it over.
    error Operators_NotOperator(uint256 operatorId, address caller);

    /// @notice Thrown when a machine does not reach the class that a standing order asks for.
    error Orders_ClassTooLow(uint256 machineId, IMachines.Class class, IMachines.Class least);
    /// @notice Thrown when more is taken from a deposit for standing orders than is in it.
    error Orders_DepositTooSmall(address account, uint256 amount, uint256 deposit);
    /// @notice Thrown when what was signed is used after its deadline, or a quote held that ends now.
    error Orders_Expired(uint256 deadline);
    /// @notice Thrown when a standing order has opened all its leases.
    error Orders_FilledUp(bytes32 hash, uint256 count);
    /// @notice Thrown when a quote is accepted that somebody else holds.
    error Orders_HeldByOther(bytes32 hash, address holder, uint256 until);
    /// @notice Thrown when `account` has used or cancelled the nonce of what it signed.
    error Orders_NonceUsed(address account, uint256 nonce);
    /// @notice Thrown when an order at a quote is for another machine, other slots, longer, or preemptible.
    error Orders_NotAsQuoted(uint256 machineId, uint64 slots, uint256 maxSeconds);
    /// @notice Thrown when a quote is used by another than the renter it was made for.
    error Orders_NotForCaller(address caller, address renter);
    /// @notice Thrown when the bond of a quote is asked for that nobody holds any more, or ever held.
    error Orders_NotHeld(bytes32 hash);
    /// @notice Thrown when a machine asks more than a standing order pays, in millionths of a US dollar.
    error Orders_PriceTooHigh(uint256 machineId, uint256 usdPerSlotHour, uint256 max);
    /// @notice Thrown when a quote is used that would bind its owner until after `latest`.
    error Orders_QuoteTooLong(uint256 deadline, uint256 latest);
    /// @notice Thrown when a quote is used a second time.
    error Orders_QuoteUsed(bytes32 hash);
    /// @notice Thrown when what is used was not signed by `signer`, or a quote not by its machine's key either.
    error Orders_SignatureInvalid(bytes32 hash, address signer);
    /// @notice Thrown when a standing order is filled with more or fewer slots than it says.
    error Orders_SlotCountWrong(uint256 slotCount, uint256 expected);
    /// @notice Thrown when the bond of a quote is asked for while its holder may still use it.
    error Orders_StillHeld(bytes32 hash, uint256 until);
    /// @notice Thrown when a machine's wall is weaker than what was signed.
    error Orders_TierTooLow(uint256 machineId, uint256 tier, uint256 least);

    /// @notice Thrown when a reporter enrolls a second time.
    error Prices_AlreadyEnrolled(address reporter);
    /// @notice Thrown when the same second of a reporter is proved a second time.
    error Prices_AlreadyProved(address reporter, uint256 observedAt);
    /// @notice Thrown when the price moves further from its anchor than the intervals since then allow.
    error Prices_MovedTooFar(uint256 usdPerToken, uint256 anchor, uint256 slack);
    /// @notice Thrown when fewer observations are posted than a majority of the enrolled.
    error Prices_NoMajority(uint256 observations, uint256 needed);
    /// @notice Thrown when a reporter enrolls whom governance has not admitted.
    error Prices_NotAdmitted(address caller);
    /// @notice Thrown when an observation's signer, or who leaves, is not enrolled: he did not sign this, or has no stake.
    error Prices_NotEnrolled(address account);
    /// @notice Thrown when two observations are no contradiction: of different seconds, or of one price.
    error Prices_NotEquivocal(address reporter);
    /// @notice Thrown when someone other than governance admits reporters.
    error Prices_NotGovernance(address caller);
    /// @notice Thrown when what is to convict a reporter was signed by `signer`.
    error Prices_NotSigner(address reporter, address signer);
    /// @notice Thrown when an observation is too old, from the future, or not newer than its reporter's last.
    error Prices_ObservationOutOfBounds(address reporter, uint256 observedAt, uint256 earliest, uint256 latest);
    /// @notice Thrown when a reporter is admitted who is, or let go who is not.
    error Prices_ReporterUnchanged(address reporter, bool admitted);
    /// @notice Thrown when observations are not ordered by their signers' addresses, each once.
    error Prices_SignersNotAscending(address signer, address previous);
    /// @notice Thrown when the price is asked for that is not fresh any more, or was never posted.
    error Prices_Stale(uint256 freshUntil);
    /// @notice Thrown when a reporter comes back whose stake is still unbonding.
    error Prices_StillUnbonding(address reporter, uint256 releasableAt);
    /// @notice Thrown when more reporters are admitted than a post can sort cheaply.
    error Prices_TooManyReporters(uint256 reporters, uint256 max);
    /// @notice Thrown when an observation says that a token is worth nothing.
    error Prices_Zero(address reporter);

    /// @notice Thrown when a machine joins a programme that it takes part in.
    error Programs_AlreadyJoined(uint256 programId, uint256 machineId);
    /// @notice Thrown when less than the pay of one epoch arrives for a new programme.
    error Programs_BudgetTooSmall(uint256 arrived, uint256 perEpoch);
    /// @notice Thrown when a programme would not begin after the present epoch and end after its beginning.
    error Programs_EpochsInvalid(uint256 fromEpoch, uint256 untilEpoch, uint256 currentEpoch);
    /// @notice Thrown when a programme's name has too many bytes for a list of programmes.
    error Programs_NameTooLong(uint256 length, uint256 max);
    /// @notice Thrown when a machine leaves or is synced in a programme that it does not take part in.
    error Programs_NotJoined(uint256 programId, uint256 machineId);
    /// @notice Thrown when someone other than the machine's owner or key joins or leaves.
    error Programs_NotMachine(uint256 machineId, address caller);
    /// @notice Thrown when someone other than the sponsor takes back what is left.
    error Programs_NotSponsor(uint256 programId, address caller);
    /// @notice Thrown when a machine joins a programme in or after its last epoch.
    error Programs_Over(uint256 programId, uint256 untilEpoch);
    /// @notice Thrown when a programme would pay nothing: perEpoch is zero, or the price of work is.
    error Programs_PaysNothing();
    /// @notice Thrown when a programme's hook does not let the machine in, by its answer or by failing.
    error Programs_Refused(uint256 programId, uint256 machineId);
    /// @notice Thrown when the sponsor takes back what machines can still claim.
    error Programs_StillClaimable(uint256 programId, uint256 untilEpoch);
    /// @notice Thrown when a machine joins more programmes than one may.
    error Programs_TooMany(uint256 machineId, uint256 max);
    /// @notice Thrown when there is no programme of this number.
    error Programs_Unknown(uint256 programId);

    /// @notice Thrown when an entry is asked for that an n by n product does not have.
    error Proof_EntryOutOfRange(uint256 row, uint256 column, uint256 n);
    /// @notice Thrown when a tree is asked for a leaf that it does not have.
    error Proof_IndexOutOfRange(uint256 index, uint256 leafCount);
    /// @notice Thrown when a leaf of a product has more or fewer bytes than a leaf has.
    error Proof_LeafOfWrongLength(uint256 length, uint256 expected);
    /// @notice Thrown when a path has more or fewer siblings than its position has levels with one.
    error Proof_PathOfWrongLength(uint256 length, uint256 expected);
    /// @notice Thrown when a pick is asked for beyond those of a slot.
    error Proof_PickOutOfRange(uint256 pick, uint256 picks);
    /// @notice Thrown when a round is named that an audit of so many slots and rounds does not have.
    error Proof_RoundOutOfRange(uint256 slot, uint256 round, uint256 slots, uint256 rounds);
    /// @notice Thrown when the size of the matrices is no power of two, or outside its bounds.
    error Proof_SizeNotAllowed(uint256 n);

    /// @notice Thrown when κ is set outside its hard bounds, in hundredths of a percent.
    error Rewards_KappaOutOfBounds(uint256 kappaBps, uint256 min, uint256 max);
    /// @notice Thrown when someone other than Committees credits verifiers.
    error Rewards_NotCommittees(address caller);
    /// @notice Thrown when someone other than governance sets a parameter.
    error Rewards_NotGovernance(address caller);
    /// @notice Thrown when someone other than Machines takes unvested reward.
    error Rewards_NotMachines(address caller);

    /// @notice Thrown when stake of one account would join the bond of another.
    error Stakes_BondTaken(address locker, uint256 subject, address account);
    /// @notice Thrown when a locker unlocks more than the bond holds.
    error Stakes_BondTooSmall(address locker, uint256 subject, uint256 amount, uint256 held);
    /// @notice Thrown when more is withdrawn or locked than the account has free.
    error Stakes_FreeTooSmall(address account, uint256 amount, uint256 free);
    /// @notice Thrown when an account that is not a locker locks or unlocks.
    error Stakes_NotLocker(address caller);
    /// @notice Thrown when a bond is released that does not unbond.
    error Stakes_NotUnbonding(address locker, uint256 subject);
    /// @notice Thrown when a bond is released before its delay is over.
    error Stakes_StillUnbonding(address locker, uint256 subject, uint256 releasableAt);
    /// @notice Thrown when a locker changes a bond that is on its way back.
    error Stakes_Unbonding(address locker, uint256 subject, uint256 releasableAt);
    /// @notice Thrown at deployment when the unbonding delay, in seconds, is longer than the hard bound.
    error Stakes_UnbondingOutOfBounds(uint256 period, uint256 max);

    /// @notice Thrown when someone other than Rewards mints.
    error Token_NotMinter(address caller);
    /// @notice Thrown when someone other than Stakes moves stake.
    error Token_NotStakes(address caller);
}
