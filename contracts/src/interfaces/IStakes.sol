// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IStakes
/// @notice Tokens that answer for a machine, a verifier, a reporter or a claim. Each account's stake is free or in bonds; a
/// bond answers for one subject of one locker and is locked or unbonding. Free and bonds add up to what the account put in,
/// less what it took out and what was slashed. Staked tokens keep their votes.
///
/// free --lock--> locked --unbond--> unbonding --(UNBONDING_PERIOD) release--> free; locked --unlock--> free.
///
/// A bond can be slashed until it is released: who leaves answers for what he did before.
interface IStakes {
    /// @notice Who is paid from a slash, before the rest goes to the fire and the treasury.
    /// @param renter Who lost by the fault; 0 when nobody.
    /// @param renterClaim What he lost, in token units; he is paid first and no more than this.
    /// @param reporter Who brought the fault; 0 when nobody.
    /// @param verifiers Who judged it, in equal parts; empty when no judgement was needed.
    struct Split {
        address renter;
        uint96 renterClaim;
        address reporter;
        address[] verifiers;
    }

    /// @notice Emitted when `account` puts `amount` of tokens into its free stake.
    event Deposited(address indexed account, uint256 amount);
    /// @notice Emitted when `amount` of free stake begins to answer for `subject`.
    event Locked(address indexed account, address indexed locker, uint256 indexed subject, uint256 amount);
    /// @notice Emitted when `amount` stops to answer for `subject` and is free at once.
    event Unlocked(address indexed account, address indexed locker, uint256 indexed subject, uint256 amount);
    /// @notice Emitted when the bond of `subject` begins to unbond; it can be released from `releasableAt` on.
    event UnbondingStarted(
        address indexed account, address indexed locker, uint256 indexed subject, uint256 amount, uint256 releasableAt
    );
    /// @notice Emitted when an unbonding bond is free again.
    event Released(address indexed account, address indexed locker, uint256 indexed subject, uint256 amount);
    /// @notice Emitted when the bond of `subject` changes hands together with the subject.
    event Moved(address indexed from, address indexed to, address indexed locker, uint256 subject, uint256 amount);
    /// @notice Emitted when `amount` leaves to `account`.
    event Withdrawn(address indexed account, uint256 amount);
    /// @notice Emitted when a bond is slashed: `amount` of the bond and `extra` brought by the locker went to the renter, the
    /// reporter and the verifiers together, and the `rest` waits for `sweep`; the four add up to amount + extra.
    event Slashed(
        address indexed account,
        address indexed locker,
        uint256 indexed subject,
        uint256 amount,
        uint256 extra,
        uint256 toRenter,
        uint256 toReporter,
        uint256 toVerifiers,
        uint256 rest
    );
    /// @notice Emitted when what remained of slashes is burnt and given to the treasury.
    event Swept(uint256 burnt, uint256 toTreasury);

    /// @notice Puts `amount` of the caller's tokens into his free stake. Needs an allowance for this contract.
    function deposit(uint256 amount) external;
    /// @notice `deposit` with the token's permit in the same transaction; a permit already used is no error.
    function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;
    /// @notice Withdraws free stake at once.
    function withdraw(uint256 amount) external;
    /// @notice Frees an unbonding bond whose delay is over. Anyone.
    function release(address locker, uint256 subject) external returns (uint256 amount);
    /// @notice Burns two thirds of what remained of slashes and gives a third to the treasury, as free stake. Anyone.
    function sweep() external;

    /// @notice Adds free stake of `account` to the bond of `subject`. Only a locker; the bond is the account's or empty.
    function lock(uint256 subject, address account, uint256 amount) external;
    /// @notice Frees `amount` of a locked bond at once. Only its locker.
    function unlock(uint256 subject, uint256 amount) external;
    /// @notice Begins to unbond the whole bond. Only its locker.
    function unbond(uint256 subject) external;
    /// @notice Gives the bond to `to` together with what it answers for. Only its locker.
    function move(uint256 subject, address to) external;
    /// @notice Takes up to `amount` from a bond, locked or unbonding, and gives it and `extra` away by the waterfall. `extra`
    /// token units were sent to this contract by the locker before. Only the bond's locker.
    /// @return taken What the bond gave: the smaller of `amount` and what is in it.
    function slash(uint256 subject, uint256 amount, uint256 extra, Split calldata split)
        external
        returns (uint256 taken);

    /// @notice Stake of `account` that can be locked or withdrawn now.
    function free(address account) external view returns (uint256);
    /// @notice All stake of `account`, free and in bonds: what it votes with beside its balance.
    function totalOf(address account) external view returns (uint256);
    /// @notice The bond that answers for `subject`; `releasableAt` is 0 while it is locked.
    function bond(address locker, uint256 subject)
        external
        view
        returns (address account, uint256 amount, uint256 releasableAt);
    /// @notice The stake of all accounts.
    function total() external view returns (uint256);
    /// @notice Token units that remained of slashes and nobody has swept yet.
    function pending() external view returns (uint256);
}
