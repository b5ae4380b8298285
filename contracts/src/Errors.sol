// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAudits} from "./interfaces/IAudits.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";

/// @title Errors
/// @notice Every reason for which the ledger refuses, with the values that explain it. Times are unix seconds.
library Errors {
    /// @notice Thrown when a verifier gives a second verdict in the same audit.
    error Audits_AlreadyAttested(uint256 auditId, address verifier);
    /// @notice Thrown when an enrolled verifier enrolls again.
    error Audits_AlreadyVerifier(address account);
    /// @notice Thrown when a verdict comes after the deadline.
    error Audits_DeadlineOver(uint256 auditId, uint256 deadline);
    /// @notice Thrown when someone other than the machine's owner or key requests its audit.
    error Audits_NotMachine(uint256 machineId, address caller);
    /// @notice Thrown when an audit takes no verdict any more, or never existed.
    error Audits_NotRequested(uint256 auditId, IAudits.State state);
    /// @notice Thrown when an account that is not enrolled attests or leaves.
    error Audits_NotVerifier(address account);
    /// @notice Thrown when an audit is expired, or the next one requested, while verdicts may still come.
    error Audits_StillOpen(uint256 auditId, uint256 deadline);

    /// @notice Thrown at deployment when an epoch would be too short or too long, in seconds.
    error Epochs_LengthOutOfBounds(uint256 epochSeconds, uint256 min, uint256 max);
    /// @notice Thrown when work of an epoch is claimed that is not rolled yet.
    error Epochs_NotRolled(uint256 epoch, uint256 nextEpoch);

    /// @notice Thrown when someone other than the guardian pauses.
    error Guardian_NotGuardian(address caller);
    /// @notice Thrown when something is done that the guardian's pause holds up; it can be done from `until` on.
    error Guardian_Paused(uint256 until);
    /// @notice Thrown when a pause would end in the past or last too long.
    error Guardian_PauseOutOfBounds(uint256 until, uint256 latest);
    /// @notice Thrown when the guardian pauses again before the cooldown is over.
    error Guardian_PauseTooSoon(uint256 allowedAt);

    /// @notice Thrown when a lease is rejected after its acceptance window.
    error Leases_AcceptWindowOver(uint256 leaseId, uint256 overAt);
    /// @notice Thrown when a machine without a fresh passed audit is leased.
    error Leases_AuditStale(uint256 machineId);
    /// @notice Thrown at deployment when the burn share is outside its hard bounds.
    error Leases_BurnOutOfBounds(uint256 burnBps, uint256 min, uint256 max);
    /// @notice Thrown when a lease would be shorter or longer than the offer allows, in seconds.
    error Leases_DurationOutOfBounds(uint256 duration, uint256 min, uint256 max);
    /// @notice Thrown when a machine that is paused, exited or unknown is leased or extended.
    error Leases_MachineNotOnline(uint256 machineId, IMachines.State state);
    /// @notice Thrown when a machine is leased whose heartbeat is overdue.
    error Leases_MachineSilent(uint256 machineId, uint256 silentAfter);
    /// @notice Thrown when someone other than the guardian pauses.
    error Leases_NotGuardian(address caller);
    /// @notice Thrown when someone other than the machine's owner or key starts or ends a lease.
    error Leases_NotMachine(uint256 leaseId, address caller);
    /// @notice Thrown when someone other than the renter extends, closes or rejects a lease.
    error Leases_NotRenter(uint256 leaseId, address caller);
    /// @notice Thrown when the machine's terms are no longer those that the renter saw.
    error Leases_OfferChanged(uint256 machineId, bytes32 offerHash, bytes32 expected);
    /// @notice Thrown when a lease is opened while the guardian's pause lasts.
    error Leases_OpeningPaused(uint256 until);
    /// @notice Thrown when a pause would end in the past or last too long.
    error Leases_PauseOutOfBounds(uint256 until, uint256 latest);
    /// @notice Thrown when the guardian pauses again before the cooldown is over.
    error Leases_PauseTooSoon(uint256 allowedAt);
    /// @notice Thrown when the rent, in token units a second, is above what the renter allows.
    error Leases_RateTooHigh(uint256 rate, uint256 maxRate);
    /// @notice Thrown when slots are leased that another lease holds; `busy` is the set of those.
    error Leases_SlotsBusy(uint256 machineId, uint64 busy);
    /// @notice Thrown when a set of slots is empty or names slots that the machine does not have.
    error Leases_SlotsInvalid(uint256 machineId, uint64 slots, uint256 machineSlots);
    /// @notice Thrown when a lease is started too late; anyone may close it for its renter.
    error Leases_StartWindowOver(uint256 leaseId, uint256 overAt);
    /// @notice Thrown when a renter has used up his rejects of the period.
    error Leases_TooManyRejects(address renter, uint256 allowedAt);
    /// @notice Thrown when there is no lease of this number.
    error Leases_Unknown(uint256 leaseId);
    /// @notice Thrown when a lease is not in a state in which this can be done.
    error Leases_WrongState(uint256 leaseId, ILeases.State state);

    /// @notice Thrown when a deed is transferred whose machine has not exited.
    error Machines_DeedStaked(uint256 machineId);
    /// @notice Thrown when the machine key did not sign for this owner and nonce; `signer` is who did.
    error Machines_KeySignatureInvalid(address key, address signer);
    /// @notice Thrown when a machine key already signs for a machine.
    error Machines_KeyTaken(address key, uint256 machineId);
    /// @notice Thrown when someone other than the machine's key sends its heartbeat.
    error Machines_NotKey(uint256 machineId, address caller);
    /// @notice Thrown when a machine has exited or was never registered.
    error Machines_NotOnNetwork(uint256 machineId, IMachines.State state);
    /// @notice Thrown when someone other than the owner does what only he may.
    error Machines_NotOwner(uint256 machineId, address caller);
    /// @notice Thrown when someone other than the owner or the key does what only they may.
    error Machines_NotOwnerOrKey(uint256 machineId, address caller);
    /// @notice Thrown when an offer has no price, no sensible bounds of time, or no such tier.
    error Machines_OfferInvalid(IMachines.Offer offer);
    /// @notice Thrown when a machine exits while leases hold slots of it; `busy` is the set of those.
    error Machines_SlotsBusy(uint256 machineId, uint64 busy);
    /// @notice Thrown when a machine is registered without slots or with too many.
    error Machines_SlotsOutOfBounds(uint256 slots, uint256 max);
    /// @notice Thrown when an endpoint or a claim has more bytes than a page of machines can carry.
    error Machines_TextTooLong(uint256 length, uint256 max);
    /// @notice Thrown when a machine is paused that is not online, or resumed that is not paused.
    error Machines_WrongState(uint256 machineId, IMachines.State state);

    /// @notice Thrown when a reporter moves his price further than `slack` from his last one.
    error Prices_MovedTooFar(uint256 usdPerToken, uint256 last, uint256 slack);
    /// @notice Thrown when an account posts that is not a reporter.
    error Prices_NotReporter(address caller);
    /// @notice Thrown at deployment when a reporter is named twice.
    error Prices_ReporterTwice(address reporter);
    /// @notice Thrown at deployment when there are no reporters or too many.
    error Prices_ReportersOutOfBounds(uint256 reporters, uint256 max);
    /// @notice Thrown when fewer than a majority of the reporters have a fresh price; `freshUntil` is when they last had, 0
    /// when never.
    error Prices_Stale(uint256 freshUntil);
    /// @notice Thrown when a reporter changes his price again too soon.
    error Prices_TooSoon(address reporter, uint256 allowedAt);
    /// @notice Thrown when a reporter posts a price of zero.
    error Prices_Zero();

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

    /// @notice Thrown when κ is set outside its hard bounds, in hundredths of a percent.
    error Rewards_KappaOutOfBounds(uint256 kappaBps, uint256 min, uint256 max);
    /// @notice Thrown when someone other than Committees credits verifiers.
    error Rewards_NotCommittees(address caller);
    /// @notice Thrown when someone other than governance sets a parameter.
    error Rewards_NotGovernance(address caller);
    /// @notice Thrown when someone other than Machines takes unvested reward.
    error Rewards_NotMachines(address caller);

    /// @notice Thrown when more is withdrawn or locked than the account has free.
    error Stakes_FreeTooSmall(address account, uint256 amount, uint256 free);
    /// @notice Thrown when a locker unlocks more than it has locked.
    error Stakes_LockedTooSmall(address account, address locker, uint256 amount, uint256 locked);
    /// @notice Thrown when stake is released where none is unbonding.
    error Stakes_NothingUnbonding(address account, address locker);
    /// @notice Thrown when an account that is not a locker locks or unlocks.
    error Stakes_NotLocker(address caller);
    /// @notice Thrown when stake is released before its delay is over.
    error Stakes_StillUnbonding(address account, address locker, uint256 releasableAt);
    /// @notice Thrown at deployment when the unbonding delay, in seconds, is longer than the hard bound.
    error Stakes_UnbondingOutOfBounds(uint256 period, uint256 max);
}
