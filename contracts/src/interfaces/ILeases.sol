// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title ILeases
/// @notice Leases of slots, paid to the second from an escrow.
///
/// Open --start--> Running --(paidUntil passes, or end)--> Ended --settle, close or reject--> Closed
/// Open --close by the renter, end, or close by anyone after START_WINDOW--> Closed (whole refund)
///
/// What is earned by the second is paid out only after the acceptance window (ACCEPT_WINDOW seconds from the start), or
/// at once when the renter closes the lease himself; inside the window he may `reject` it and gets everything back.
///
/// A slot is held from the opening until START_WINDOW has passed or, once started, until `paidUntil`. Then it is free by
/// itself: an ended lease that nobody has settled blocks no one.
///
/// The escrow is always rate × the seconds that are neither paid nor refunded, so it is exact at every second.
interface ILeases {
    enum State {
        None,
        Open,
        Running,
        Ended,
        Closed
    }

    /// @param payee Who is paid the rent: the owner of the machine when the lease was opened.
    /// @param slots Set of slots leased, slot i is bit i.
    /// @param burnBps Share of the rent that is burnt, in hundredths of a percent; fixed when the lease is opened.
    /// @param rate Token units a second for all slots of the lease; fixed when it is opened.
    /// @param escrow Token units still held for this lease.
    /// @param duration Seconds bought, extensions included.
    /// @param openedAt Unix seconds when the lease was opened.
    /// @param startedAt Unix seconds when the workload ran and billing began; 0 before.
    /// @param paidUntil Unix seconds; 0 before the start; an earlier end or close moves it back to that moment.
    /// @param settledAt Unix seconds up to which the payee has been paid; `settledAt - startedAt` seconds were paid for.
    struct Lease {
        uint256 machineId;
        address renter;
        address payee;
        State state;
        uint64 slots;
        uint16 burnBps;
        uint128 rate;
        uint128 escrow;
        uint32 duration;
        uint40 openedAt;
        uint40 startedAt;
        uint40 paidUntil;
        uint40 settledAt;
    }

    /// @param slots Set of slots to lease, slot i is bit i.
    /// @param duration Seconds to lease, within the bounds of the offer.
    /// @param offerHash `Machines.offerHash` of the terms the renter saw; other terms revert.
    /// @param maxRate The most token units a second the renter will pay (guards against a price move).
    /// @param workloadDigest What the renter will send, so that the machine can check it.
    struct Order {
        uint256 machineId;
        uint64 slots;
        uint32 duration;
        bytes32 offerHash;
        uint128 maxRate;
        bytes32 workloadDigest;
    }

    /// @notice Emitted when a lease is opened and its escrow taken.
    event Opened(
        uint256 indexed leaseId,
        uint256 indexed machineId,
        address indexed renter,
        uint64 slots,
        uint128 rate,
        uint32 duration,
        uint128 escrow,
        bytes32 workloadDigest
    );
    /// @notice Emitted when billing begins.
    event Started(uint256 indexed leaseId, uint256 paidUntil);
    /// @notice Emitted when the renter adds `duration` seconds and `escrow` token units.
    event Extended(uint256 indexed leaseId, uint32 duration, uint128 escrow);
    /// @notice Emitted when the machine ends a running lease before its time; `paidUntil` is that moment.
    event Ended(uint256 indexed leaseId, uint256 paidUntil);
    /// @notice Emitted for each release of escrow: paid + burnt + refunded is what left the escrow.
    event Settled(uint256 indexed leaseId, uint256 paid, uint256 burnt, uint256 refunded);
    /// @notice Emitted when the renter refuses the machine; `Settled` and `Closed` follow.
    event Rejected(uint256 indexed leaseId, address indexed renter);
    /// @notice Emitted last in the life of a lease: its escrow is empty.
    event Closed(uint256 indexed leaseId);
    /// @notice Emitted when the guardian stops new leases until `untilTimestamp`.
    event OpeningPaused(uint256 untilTimestamp);

    /// @notice Leases slots at the terms the renter saw and takes duration × rate into escrow. The machine must be online,
    /// not silent, freshly audited, and every slot free. Needs an allowance for this contract.
    function open(Order calldata order) external returns (uint256 leaseId);
    /// @notice `open` with the token's permit in the same transaction; a permit already used by someone else is no error.
    function openWithPermit(Order calldata order, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (uint256 leaseId);
    /// @notice Says that the workload runs with its device: billing begins now. Within START_WINDOW of the opening. Only the
    /// machine's key or owner.
    function start(uint256 leaseId) external;
    /// @notice Adds `duration` seconds at the rate of the lease. While it runs, the machine is online, and the whole stays
    /// within the longest lease it offers today; an owner who wants another price pauses or changes the offer. Only the
    /// renter.
    function extend(uint256 leaseId, uint32 duration) external;
    /// @notice Stops the lease now from the machine's side: unused seconds go back at once, the earned part waits for the
    /// acceptance window. Only the machine's key or owner; before the start it is a whole refund.
    function end(uint256 leaseId) external;
    /// @notice Ends the lease now and pays everything out. The renter at any time; anyone when an Open lease missed its
    /// START_WINDOW (whole refund).
    function close(uint256 leaseId) external;
    /// @notice Pays what is earned and payable by now, and closes the lease when it is over. Anyone, any time, as often as
    /// wanted: where nothing is payable it does nothing.
    function settle(uint256 leaseId) external;
    /// @notice Refuses the machine inside the acceptance window, running or ended: whole refund. At most MAX_REJECTS for a
    /// renter in a REJECT_PERIOD, which begins with his first reject.
    function reject(uint256 leaseId) external;

    /// @notice Stops new leases, for at most MAX_PAUSE and at most once a PAUSE_COOLDOWN; expires by itself. Everything else,
    /// money out above all, goes on. Only the guardian.
    function pauseOpening(uint256 untilTimestamp) external;

    /// @notice One lease, its state as of now; all zeros when it was never opened.
    function lease(uint256 leaseId) external view returns (Lease memory);
    /// @notice Leases `from` … `from + length - 1`, cut at the last.
    function leases(uint256 from, uint256 length) external view returns (Lease[] memory);
    /// @notice How many leases were ever opened; their numbers are 1 … count.
    function count() external view returns (uint256);
    /// @notice Slots of a machine that a lease holds now.
    function busySlots(uint256 machineId) external view returns (uint64);
    /// @notice Token units a second for `slots` of a machine at today's price.
    function quote(uint256 machineId, uint64 slots) external view returns (uint128 rate);
    /// @notice Unix seconds until which no new lease can be opened; in the past when opening is not paused.
    function openingPausedUntil() external view returns (uint256);
    /// @notice Token units burnt by settlements since deployment, so that a receipt can be checked.
    function totalBurnt() external view returns (uint256);
    /// @notice Token units in escrow for all leases now.
    function totalEscrow() external view returns (uint256);
}
