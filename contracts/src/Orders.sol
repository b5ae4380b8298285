// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IGuardianPause} from "./interfaces/IGuardianPause.sol";
import {ILeases} from "./interfaces/ILeases.sol";
import {IMachines} from "./interfaces/IMachines.sol";
import {IOrders} from "./interfaces/IOrders.sol";
import {Slots} from "./libraries/Slots.sol";
import {Errors} from "./Errors.sol";
import {OrderBook} from "./OrderBook.sol";

/// @title Orders
/// @notice See {IOrders}. What is in here belongs to depositors and to holders of quotes; nothing leaves but to them, to
/// Leases for a lease that its renter signed, and to the owner of a machine whose quote ran out unused.
/// @dev No reentrancy guard: Leases and Token are the only contracts called after an effect, and neither calls anybody who
/// could call back.
contract Orders is OrderBook {
    using SafeERC20 for IERC20;
    using Slots for uint64;

    /// @param openUntil As of the hold: up to when a lease could last.
    /// @param offerHash The machine's offer as of the hold.
    struct Hold {
        address holder;
        uint40 until;
        uint40 openUntil;
        bytes32 offerHash;
    }

    /// @notice A price is firm for as long as prices of the token may be trusted to stay where they were.
    uint256 public constant MAX_QUOTE_SECONDS = 1 hours;
    /// @notice Long enough to decide and sign, too short to keep a machine idle by quotes.
    uint256 public constant MAX_HOLD = 15 minutes;
    /// @dev Tells Leases to take the machine's list price.
    uint32 private constant LIST_PRICE = type(uint32).max;

    IMachines public immutable MACHINES;
    ILeases public immutable LEASES;

    mapping(bytes32 hash => uint256) private _filled;
    /// @dev Of quotes, by hash; a holder without `until` means that the quote is used up.
    mapping(bytes32 hash => Hold) private _holds;

    constructor(IERC20 token, IMachines machines, ILeases leases) OrderBook(token) {
        MACHINES = machines;
        LEASES = leases;
        // Leases takes the escrow of standing orders from here, and only when `fill` asks it to.
        token.approve(address(leases), type(uint256).max);
    }

    /// @inheritdoc IOrders
    function execute(SignedOrder calldata signed, bytes calldata signature, Permit calldata permit)
        external
        returns (uint256 leaseId)
    {
        bytes32 hash = hashOrder(signed);
        _checkDeadline(signed.deadline);
        _useNonce(signed.renter, signed.nonce);
        _checkSignature(signed.renter, hash, signature);
        if (permit.value != 0) _tryPermit(signed.renter, permit);
        leaseId = LEASES.openFor(signed.renter, signed.renter, signed.order, LIST_PRICE, 0);
        emit Executed(hash, leaseId, msg.sender);
    }

    /// @inheritdoc IOrders
    function fill(StandingOrder calldata standing, bytes calldata signature, uint256 machineId, uint64 slots)
        external
        returns (uint256 leaseId)
    {
        bytes32 hash = hashStanding(standing);
        _checkDeadline(standing.deadline);
        uint256 filledNow = _filled[hash] + 1;
        if (filledNow > standing.count) revert Errors.Orders_FilledUp(hash, standing.count);
        _checkNonce(standing.renter, standing.nonce);
        _checkSignature(standing.renter, hash, signature);
        ILeases.Order memory order = _fit(standing, machineId, slots);

        _filled[hash] = filledNow;
        if (filledNow == standing.count) _useNonce(standing.renter, standing.nonce);
        uint256 balance = TOKEN.balanceOf(address(this));
        leaseId = LEASES.openFor(standing.renter, address(this), order, LIST_PRICE, 0);
        uint256 spent = balance - TOKEN.balanceOf(address(this));
        // After the call, because only Leases knows the price; if the deposit is too small, nothing has happened.
        _takeDeposit(standing.renter, spent);
        emit Spent(standing.renter, leaseId, spent);
        emit Executed(hash, leaseId, msg.sender);
    }

    /// @inheritdoc IOrders
    function hold(Quote calldata quote, bytes calldata signature) external {
        bytes32 hash = hashQuote(quote);
        // Sharper than for other signatures: a hold that ends in this second would hold nothing.
        if (block.timestamp >= quote.deadline) revert Errors.Orders_Expired(quote.deadline);
        _useQuote(quote, hash, signature);

        uint40 openUntil = MACHINES.terms(quote.machineId, false, 0).openUntil;
        IMachines.Offer memory offer = MACHINES.machine(quote.machineId).offer;
        _checkTier(quote.machineId, offer.tier, quote.tier);
        uint40 until = uint40(Math.min(quote.deadline, block.timestamp + MAX_HOLD));
        _holds[hash] = Hold(msg.sender, until, openUntil, keccak256(abi.encode(offer)));
        emit QuoteHeld(hash, quote.machineId, msg.sender, until);
        LEASES.hold(quote.machineId, quote.slots, until);
        TOKEN.safeTransferFrom(msg.sender, address(this), quote.bond);
    }

    /// @inheritdoc IOrders
    function accept(Quote calldata quote, bytes calldata signature, ILeases.Order calldata order)
        external
        returns (uint256 leaseId)
    {
        _checkAsQuoted(quote, order);
        bytes32 hash = hashQuote(quote);
        Hold memory held = _holds[hash];
        bool isHeld = block.timestamp < held.until;
        if (!isHeld) {
            _checkDeadline(quote.deadline);
            _useQuote(quote, hash, signature);
        } else if (msg.sender != held.holder) {
            revert Errors.Orders_HeldByOther(hash, held.holder, held.until);
        }
        _checkTier(quote.machineId, MACHINES.machine(quote.machineId).offer.tier, quote.tier);

        _holds[hash] = Hold(msg.sender, 0, 0, 0);
        // Before the lease, so that it can be a part of the escrow.
        if (isHeld) TOKEN.safeTransfer(msg.sender, quote.bond);
        leaseId = LEASES.openFor(msg.sender, msg.sender, order, quote.usdPerSlotHour, isHeld ? held.until : 0);
        emit Executed(hash, leaseId, msg.sender);
    }

    /// @inheritdoc IOrders
    function lapse(Quote calldata quote) external {
        bytes32 hash = hashQuote(quote);
        Hold memory held = _holds[hash];
        if (held.until == 0) revert Errors.Orders_NotHeld(hash);
        bool isOver = block.timestamp >= held.until;
        if (!isOver && _isLeasable(quote.machineId, held)) revert Errors.Orders_StillHeld(hash, held.until);

        _holds[hash] = Hold(held.holder, 0, 0, 0);
        address account = held.holder;
        if (isOver) (account,) = MACHINES.ownerAndKey(quote.machineId);
        emit QuoteLapsed(hash, quote.machineId, account, quote.bond);
        TOKEN.safeTransfer(account, quote.bond);
    }

    /// @inheritdoc IOrders
    function filled(bytes32 hash) external view returns (uint256) {
        return _filled[hash];
    }

    /// @inheritdoc IOrders
    function holdOf(bytes32 hash) external view returns (address holder, uint256 until) {
        return (_holds[hash].holder, _holds[hash].until);
    }

    function _tryPermit(address renter, Permit calldata permit) private {
        // Whoever saw the permit may have used it first; if the allowance is missing, the transfer says so.
        try IERC20Permit(address(TOKEN))
            .permit(renter, address(LEASES), permit.value, permit.deadline, permit.v, permit.r, permit.s) {}
            catch {}
    }

    function _useQuote(Quote calldata quote, bytes32 hash, bytes calldata signature) private {
        if (quote.renter != address(0) && quote.renter != msg.sender) {
            revert Errors.Orders_NotForCaller(msg.sender, quote.renter);
        }
        uint256 latest = block.timestamp + MAX_QUOTE_SECONDS;
        if (quote.deadline > latest) revert Errors.Orders_QuoteTooLong(quote.deadline, latest);
        // Beside the nonce, because owner and key can both have signed the same quote.
        if (_holds[hash].holder != address(0)) revert Errors.Orders_QuoteUsed(hash);

        (address owner, address key) = MACHINES.ownerAndKey(quote.machineId);
        if (_hasSigned(key, hash, signature)) return _useNonce(key, quote.nonce);
        _checkSignature(owner, hash, signature);
        _useNonce(owner, quote.nonce);
    }

    /// @dev Whether what the machine's side can do, and the guardian, leaves the holder his lease. A caller who lets the call
    /// fail for want of gas has too little left for the rest: 1/64 of what it was given.
    function _isLeasable(uint256 machineId, Hold memory held) private view returns (bool) {
        if (block.timestamp < IGuardianPause(address(LEASES)).pausedUntil()) return false;
        try MACHINES.terms(machineId, false, held.offerHash) returns (IMachines.Terms memory terms) {
            return terms.openUntil >= held.openUntil;
        } catch {
            return false;
        }
    }

    /// @dev The order by which this machine is leased, when it is one that the standing order asks for.
    function _fit(StandingOrder calldata standing, uint256 machineId, uint64 slots)
        private
        view
        returns (ILeases.Order memory)
    {
        if (slots.size() != standing.slotCount) {
            revert Errors.Orders_SlotCountWrong(slots.size(), standing.slotCount);
        }
        IMachines.Machine memory machine = MACHINES.machine(machineId);
        _checkClass(machineId, machine.class, standing.least);
        _checkTier(machineId, machine.offer.tier, standing.leastTier);
        uint256 price = standing.preemptible ? machine.offer.preemptibleUsdPerSlotHour : machine.offer.usdPerSlotHour;
        if (price > standing.maxUsdPerSlotHour) {
            revert Errors.Orders_PriceTooHigh(machineId, price, standing.maxUsdPerSlotHour);
        }
        return ILeases.Order({
            machineId: machineId,
            slots: slots,
            duration: standing.duration,
            preemptible: standing.preemptible,
            operatorId: standing.operatorId,
            feeBps: standing.feeBps,
            // What the renter cares for has just been checked; the rest of the offer is Leases' to check.
            offerHash: keccak256(abi.encode(machine.offer)),
            maxRate: standing.maxRate,
            workloadDigest: standing.workloadDigest
        });
    }

    function _checkClass(uint256 machineId, IMachines.Class memory class, IMachines.Class calldata least) private pure {
        if (
            class.kind != least.kind || class.computeBand < least.computeBand || class.memoryBand < least.memoryBand
                || class.slots < least.slots
        ) revert Errors.Orders_ClassTooLow(machineId, class, least);
    }

    function _checkAsQuoted(Quote calldata quote, ILeases.Order calldata order) private pure {
        if (
            order.machineId != quote.machineId || order.slots != quote.slots || order.duration > quote.maxSeconds
                || order.preemptible
        ) revert Errors.Orders_NotAsQuoted(quote.machineId, quote.slots, quote.maxSeconds);
    }

    function _checkTier(uint256 machineId, uint256 tier, uint256 least) private pure {
        if (tier < least) revert Errors.Orders_TierTooLow(machineId, tier, least);
    }
}
