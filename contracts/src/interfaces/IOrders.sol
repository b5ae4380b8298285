// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ILeases} from "./ILeases.sol";
import {IMachines} from "./IMachines.sol";

/// @title IOrders
/// @notice Leases that are opened by signature: a renter signs and somebody else pays the gas; a standing order that whoever
/// finds a fitting machine executes; an owner's firm quote. All signatures are EIP-712, expire, and are used once (a standing
/// order: as often as it says).
interface IOrders {
    /// @notice A permit of the token for Leases, so that a renter needs no gas at all; `value` 0: none is needed.
    struct Permit {
        uint256 value;
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @notice A renter's order that anyone may submit until `deadline`.
    /// @param nonce Any number he has not used.
    struct SignedOrder {
        ILeases.Order order;
        address renter;
        uint256 nonce;
        uint40 deadline;
    }

    /// @notice "Any machine of at least this class below this price": funded from the renter's deposit here.
    /// @param least The class a machine must reach in every field; the kind must be this one.
    /// @param leastTier The weakest wall it takes.
    /// @param maxUsdPerSlotHour Highest list price, in millionths of a US dollar.
    /// @param slotCount How many slots of one machine.
    /// @param duration Seconds of each lease.
    /// @param count How many leases it may open in all; the last one uses its nonce up.
    struct StandingOrder {
        address renter;
        IMachines.Class least;
        uint8 leastTier;
        bool preemptible;
        uint32 maxUsdPerSlotHour;
        uint128 maxRate;
        uint8 slotCount;
        uint32 duration;
        uint16 count;
        uint24 operatorId;
        uint16 feeBps;
        bytes32 workloadDigest;
        uint256 nonce;
        uint40 deadline;
    }

    /// @notice An owner's or his machine key's price for certain slots, firm until `deadline`.
    /// @param tier The wall it promises; a machine that has lowered its tier since cannot be leased by it.
    /// @param usdPerSlotHour On-demand price of one slot for an hour, in millionths of a US dollar, whatever the list says.
    /// @param maxSeconds The longest lease at this price.
    /// @param renter Whom it is for; 0: whoever comes first.
    /// @param bond Token units that holding the slots costs; they come back with the lease, or go to the owner.
    struct Quote {
        uint256 machineId;
        uint64 slots;
        uint8 tier;
        uint32 usdPerSlotHour;
        uint32 maxSeconds;
        address renter;
        uint96 bond;
        uint256 nonce;
        uint40 deadline;
    }

    /// @notice Emitted when `account` puts `amount` aside for its standing orders.
    event Deposited(address indexed account, uint256 amount);
    /// @notice Emitted when `account` takes `amount` of it out again.
    event Withdrawn(address indexed account, uint256 amount);
    /// @notice Emitted when a standing order's lease takes its escrow out of the deposit of `account`.
    event Spent(address indexed account, uint256 indexed leaseId, uint256 amount);
    /// @notice Emitted when a signed order, a standing order or a quote opens a lease; `hash` is what was signed.
    event Executed(bytes32 indexed hash, uint256 indexed leaseId, address indexed executor);
    /// @notice Emitted when a quote's slots are held for `renter`.
    event QuoteHeld(bytes32 indexed hash, uint256 indexed machineId, address indexed renter, uint256 until);
    /// @notice Emitted when a held quote is over without a lease: `account` gets its bond.
    event QuoteLapsed(bytes32 indexed hash, uint256 indexed machineId, address indexed account, uint256 bond);
    /// @notice Emitted when an account takes back everything it signed with `nonce`.
    event Cancelled(address indexed account, uint256 nonce);

    /// @notice Opens a lease for the renter who signed the order. Anyone.
    function execute(SignedOrder calldata signed, bytes calldata signature, Permit calldata permit)
        external
        returns (uint256 leaseId);
    /// @notice Opens one lease of a standing order on a machine that fits. Anyone.
    function fill(StandingOrder calldata standing, bytes calldata signature, uint256 machineId, uint64 slots)
        external
        returns (uint256 leaseId);
    /// @notice Holds a quote's slots for the caller until its deadline, at most MAX_HOLD, for its bond. That uses the quote up:
    /// from here on only he can accept it, in this time, and neither a cancelled nonce nor a new owner or key takes it back.
    function hold(Quote calldata quote, bytes calldata signature) external;
    /// @notice Leases at a quote for the caller: `order` names machine, slots, time and the rest; its offerHash is not looked
    /// at. Who held the quote gets the bond back first, and needs no signature.
    function accept(Quote calldata quote, bytes calldata signature, ILeases.Order calldata order)
        external
        returns (uint256 leaseId);
    /// @notice Gives the bond of a held quote that ran out unused to the machine's owner. Anyone. Before it has run out it goes
    /// back to the holder, and only when the machine cannot be leased as it was: it takes no leases, has another offer or a
    /// maintenance in the way, or opening is paused; otherwise an owner could keep the bond by hindering the lease.
    function lapse(Quote calldata quote) external;
    /// @notice Takes back what the caller signed with `nonce`, used or not.
    function cancel(uint256 nonce) external;
    /// @notice Puts token units aside for the caller's standing orders. Needs an allowance for this contract.
    function deposit(uint256 amount) external;
    /// @notice Takes them out again, at once.
    function withdraw(uint256 amount) external;

    /// @notice What an account has put aside for its standing orders.
    function depositOf(address account) external view returns (uint256);
    /// @notice Whether `account` has used or cancelled `nonce`.
    function isUsed(address account, uint256 nonce) external view returns (bool);
    /// @notice How many leases a standing order, by its hash, has opened.
    function filled(bytes32 hash) external view returns (uint256);
    /// @notice Who holds a quote, by its hash, until when; `until` is 0 once it is used or its bond is gone.
    function holdOf(bytes32 hash) external view returns (address holder, uint256 until);
    /// @notice What the parties sign: the EIP-712 digest of the struct by the domain "Hotaru Orders", version "1".
    function hashOrder(SignedOrder calldata signed) external view returns (bytes32);
    function hashStanding(StandingOrder calldata standing) external view returns (bytes32);
    function hashQuote(Quote calldata quote) external view returns (bytes32);
}
