// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title ILeases
/// @notice Leases of slots, paid to the second from an escrow.
///
/// Open --start--> Running --(paidUntil passes, end, or preempt)--> Ended --settle, close or reject--> Closed
/// Open --close by the renter, end, or close by anyone after START_WINDOW--> Closed (whole refund)
///
/// What is earned by the second is paid only after the acceptance window (ACCEPT_WINDOW seconds from the start), or at once
/// when the renter closes the lease himself; inside the window he may `reject` it and gets everything back.
///
/// A slot is held from the opening until START_WINDOW has passed or, once started, until `paidUntil`. Then it is free by
/// itself: an ended lease that nobody has settled blocks no one.
///
/// The escrow is always rate × the seconds that are neither paid nor refunded, so it is exact at every second. Of the rent,
/// the operator's fee comes first, then the burn; the rest is the payee's. Payee and operator are paid into purses, numbered
/// accounts whose money leaves by `withdraw`; the burn is set aside and can only be burnt. A refund is sent at once.
interface ILeases {
    enum State {
        None,
        Open,
        Running,
        Ended,
        Closed
    }

    /// @param payee Purse that is paid the rent: the owner's when the lease was opened.
    /// @param operator Purse that is paid the fee; 0 when none.
    /// @param slots Set of slots leased, slot i is bit i.
    /// @param burnBps Share of the rent less fee that is burnt, in hundredths of a percent; fixed when it is opened.
    /// @param feeBps Share of the rent that is the operator's, in hundredths of a percent; fixed when it is opened.
    /// @param preemptible Whether an on-demand lease may push it out.
    /// @param rate Token units a second for all slots of the lease, fee included; fixed when it is opened.
    /// @param escrow Token units still held for this lease.
    /// @param unpaidFrom Unix seconds: opening while Open (the earliest start when it waits for a preempted one), start while
    /// nothing is paid yet, then the second up to which the payee has been paid.
    /// @param paidUntil Unix seconds; before the start 0; an earlier end or close moves it back to that moment.
    /// @param latestEnd Unix seconds to which it may be extended, by the terms of its opening; before the start an upper bound.
    /// @param duration Seconds bought and not yet started; 0 once it runs.
    /// @param accepted Whether something has been paid, so that it cannot be rejected any more.
    struct Lease {
        uint256 machineId;
        address renter;
        uint24 payee;
        uint24 operator;
        State state;
        uint64 slots;
        uint16 burnBps;
        uint16 feeBps;
        bool preemptible;
        bool accepted;
        uint128 rate;
        uint128 escrow;
        uint32 duration;
        uint40 unpaidFrom;
        uint40 paidUntil;
        uint40 latestEnd;
    }

    /// @param slots Set of slots to lease, slot i is bit i.
    /// @param duration Seconds to lease, within the bounds of the offer.
    /// @param preemptible Whether at the preemptible price, to be pushed out by an on-demand lease.
    /// @param operatorId Cloud that brought the renter; 0 when none.
    /// @param feeBps The fee agreed with it, in hundredths of a percent of what the renter pays.
    /// @param offerHash `Machines.offerHash` of the terms the renter saw; other terms revert.
    /// @param maxRate The most token units a second the renter will pay, fee included (guards against a price move).
    /// @param workloadDigest What the renter will send, so that the machine can check it.
    struct Order {
        uint256 machineId;
        uint64 slots;
        uint32 duration;
        bool preemptible;
        uint24 operatorId;
        uint16 feeBps;
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
    /// @notice Emitted when a cloud brought the renter, after `Opened`.
    event Referred(uint256 indexed leaseId, uint256 indexed operatorId, uint16 feeBps);
    /// @notice Emitted when billing begins.
    event Started(uint256 indexed leaseId, uint256 paidUntil);
    /// @notice Emitted when the renter adds `duration` seconds and `escrow` token units.
    event Extended(uint256 indexed leaseId, uint32 duration, uint128 escrow);
    /// @notice Emitted when the machine ends a running lease before its time; `paidUntil` is that moment.
    event Ended(uint256 indexed leaseId, uint256 paidUntil);
    /// @notice Emitted when a preemptible lease is given notice: it ends at `paidUntil`.
    event Preempted(uint256 indexed leaseId, uint256 paidUntil);
    /// @notice Emitted for each release of escrow: paid + fee + burnt + refunded is what left the escrow.
    event Settled(uint256 indexed leaseId, uint256 paid, uint256 fee, uint256 burnt, uint256 refunded);
    /// @notice Emitted when the renter refuses the machine; `Settled` and `Closed` follow.
    event Rejected(uint256 indexed leaseId, address indexed renter);
    /// @notice Emitted last in the life of a lease: its escrow is empty.
    event Closed(uint256 indexed leaseId);
    /// @notice Emitted when the renter lets `controller` steer a lease until `until`; the zero address takes it back.
    event ControllerSet(uint256 indexed leaseId, address indexed controller, uint256 until);
    /// @notice Emitted when `account` gets its purse.
    event PurseOpened(uint256 indexed purse, address indexed account);
    /// @notice Emitted when a purse is paid out.
    event Withdrawn(uint256 indexed purse, address indexed account, uint256 amount);
    /// @notice Emitted when the burn set aside by settlements is burnt.
    event Burnt(uint256 amount);
    /// @notice Emitted when the burn share of new leases changes.
    event BurnShareSet(uint256 burnBps, uint256 verifiedSlots);
    /// @notice Emitted when slots are held for a quote.
    event Held(uint256 indexed machineId, uint64 slots, uint256 until);

    /// @notice Leases slots at the terms the renter saw and takes duration × rate into escrow. The machine must be online,
    /// not silent, freshly audited, every slot free, and the whole lease inside its window. Needs an allowance for this
    /// contract.
    function open(Order calldata order) external returns (uint256 leaseId);
    /// @notice `open` with the token's permit in the same transaction; a permit already used by someone else is no error.
    function openWithPermit(Order calldata order, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (uint256 leaseId);
    /// @notice `open` on demand over preemptible leases, which get notice; the new one can start when their notice is over.
    function openOver(Order calldata order, uint256[] calldata preempted) external returns (uint256 leaseId);
    /// @notice `open` for `renter`, who signed for it; `payer` pays the escrow, refunds are the renter's. Only Orders. With
    /// `usdPerSlotHour` not the maximum of its type, at that price instead of the list's and whatever the offer says now. A hold
    /// of the slots that runs until `heldUntil` gives way; 0: there is none.
    function openFor(address renter, address payer, Order calldata order, uint32 usdPerSlotHour, uint40 heldUntil)
        external
        returns (uint256 leaseId);
    /// @notice Holds free slots for a quote until `until`, when they are free by themselves. Only Orders.
    function hold(uint256 machineId, uint64 slots, uint40 until) external;
    /// @notice Says that the workload runs with its device: billing begins now. Within START_WINDOW of the opening. Only the
    /// machine's key or owner.
    function start(uint256 leaseId) external;
    /// @notice Adds `duration` seconds at the rate of the lease, while it runs and up to `latestEnd`. Only the renter.
    function extend(uint256 leaseId, uint32 duration) external;
    /// @notice Stops the lease now from the machine's side: unused seconds go back at once, the earned part waits for the
    /// acceptance window. Only the machine's key or owner; before the start it is a whole refund.
    function end(uint256 leaseId) external;
    /// @notice Gives a preemptible lease notice: it ends PREEMPT_NOTICE seconds from now (IDLE_NOTICE when it pays nothing).
    /// Only the machine's key or owner; an on-demand lease does it by `openOver`.
    function preempt(uint256 leaseId) external;
    /// @notice Ends the lease now and pays everything out. The renter, or whom he let steer it, at any time; anyone when an
    /// Open lease missed its START_WINDOW (whole refund).
    function close(uint256 leaseId) external;
    /// @notice Pays what is earned and payable by now, and closes the lease when it is over. Anyone, any time, as often as
    /// wanted: where nothing is payable it does nothing.
    function settle(uint256 leaseId) external;
    /// @notice Refuses the machine inside the acceptance window, running or ended: whole refund. At most MAX_REJECTS for a
    /// renter in a REJECT_PERIOD, which begins with his first reject. The renter or whom he let steer it.
    function reject(uint256 leaseId) external;
    /// @notice Closes a lease as of the second `since` at which its machine failed: what is not paid yet from there on goes
    /// back. Only Faults. Does nothing to a closed lease.
    /// @return refunded Token units sent to the renter.
    function closeAsOf(uint256 leaseId, uint40 since) external returns (uint256 refunded);
    /// @notice Lets `controller` close, reject and sign for a lease until `until`, without any right to money. Only the renter.
    function setController(uint256 leaseId, address controller, uint40 until) external;

    /// @notice Pays a purse out to its account. Anyone.
    function withdraw(uint256 purse) external returns (uint256 amount);
    /// @notice The purse of `account`, opened if need be. Only Machines and Operators.
    function openPurse(address account) external returns (uint24 purse);
    /// @notice Burns what settlements have set aside. Anyone.
    function burnPending() external returns (uint256 amount);
    /// @notice Sets the burn share of new leases by the burn table and the number of verified slots. Anyone; Machines does
    /// whenever that number changes.
    function refreshBurnShare() external;
    /// @notice One lease, its state as of now; all zeros when it was never opened.
    function lease(uint256 leaseId) external view returns (Lease memory);
    /// @notice Leases `from` … `from + length - 1`, cut at the last.
    function leases(uint256 from, uint256 length) external view returns (Lease[] memory);
    /// @notice How many leases were ever opened; their numbers are 1 … count.
    function count() external view returns (uint256);
    /// @notice Slots of a machine that a lease or a quote holds now.
    function busySlots(uint256 machineId) external view returns (uint64);
    /// @notice The last second at which a slot of the machine is held; in the past when none is.
    function heldUntil(uint256 machineId) external view returns (uint256);
    /// @notice Token units a second for `slots` of a machine at today's price, without an operator's fee.
    function quote(uint256 machineId, uint64 slots, bool preemptible) external view returns (uint128 rate);
    /// @notice Whether `account` may steer the lease: its renter, or a controller he set that has not run out.
    function mayControl(uint256 leaseId, address account) external view returns (bool);
    /// @notice Share of the rent that new leases burn, in hundredths of a percent.
    function burnBps() external view returns (uint256);
    /// @notice Token units set aside for burning by settlements since deployment, burnt or not yet.
    function totalBurnt() external view returns (uint256);
    /// @notice Token units set aside and not burnt yet.
    function pendingBurn() external view returns (uint256);
    /// @notice Token units that settlements in `epoch` set aside for burning, of all machines and of one. A machine's are kept
    /// for the last EPOCHS_KEPT epochs.
    function burntIn(uint256 epoch) external view returns (uint256);
    function burntBy(uint256 machineId, uint256 epoch) external view returns (uint256);
    /// @notice What is in a purse, and whose it is.
    function purseOf(uint256 purse) external view returns (address account, uint256 amount);
    /// @notice The purse of `account`; 0 when it has none.
    function purseNumber(address account) external view returns (uint24);
}
