// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IStakes} from "./IStakes.sol";

/// @title IMachines
/// @notice Deeds of machines. A deed is an ERC-721 token; whoever holds it is the owner, is paid the rent of new leases and
/// answers with stake. The machine key signs for the agent and can be rotated by the owner.
///
/// None --register--> Online <--pause, resume--> Paused; Online or Paused --exit--> Exited, for good.
///
/// A deed moves with everything that hangs on the machine: its stake, its class, its unvested rewards, its open faults.
/// Running leases go on paying whom they were opened with.
interface IMachines {
    enum State {
        None,
        Online,
        Paused,
        Exited
    }

    /// @notice The terms at which free slots can be leased.
    /// @param usdPerSlotHour Price of one slot for an hour, on demand, in millionths of a US dollar; 0: not offered.
    /// @param preemptibleUsdPerSlotHour The same for a lease that an on-demand one may push out; 0 is a price too.
    /// @param minSeconds The shortest lease, in seconds.
    /// @param maxSeconds The longest lease with its extensions, in seconds.
    /// @param tier How strong the wall around a workload is: 0 process, 1 hardened container, 2 gVisor, 3 VM, 4 confidential VM.
    /// @param preemptible Whether preemptible leases are offered.
    /// @param weekHours Hours of the week in which leases may run, hour 0 is Monday 0:00 local time; 0: always.
    /// @param utcOffset Local time ahead of UTC, in quarters of an hour.
    struct Offer {
        uint32 usdPerSlotHour;
        uint32 preemptibleUsdPerSlotHour;
        uint32 minSeconds;
        uint32 maxSeconds;
        uint8 tier;
        bool preemptible;
        uint168 weekHours;
        int8 utcOffset;
    }

    /// @notice What an audit measured.
    /// @param kind 0 cpu, 1 gpu.
    /// @param computeBand Half-octave bucket of compute (see packages/proof).
    /// @param memoryBand Half-octave bucket of memory (see packages/proof).
    /// @param slots How many slots answered.
    struct Class {
        uint8 kind;
        uint16 computeBand;
        uint16 memoryBand;
        uint8 slots;
    }

    /// @notice A span in which the machine may be away without a fault.
    struct Maintenance {
        uint40 from;
        uint40 until;
    }

    /// @param key The machine key: the agent signs transactions and link handshakes with it.
    /// @param slots How many slots (GPUs, or one CPU slot) the machine has; slot i is bit i of a slot set.
    /// @param lastSeen Unix seconds of the last heartbeat.
    /// @param points Weight in rewards, by the class table as it was when the class was set.
    /// @param classUntil Unix seconds until which the class holds; 0 when it never passed or failed since.
    /// @param claimBlock The block with the `Claimed` event that holds what the owner says the hardware is.
    /// @param endpoint Where the agent listens, as a multiaddr.
    struct Machine {
        address owner;
        address key;
        State state;
        uint8 slots;
        uint40 lastSeen;
        Class class;
        uint32 points;
        uint40 classUntil;
        uint48 claimBlock;
        Maintenance maintenance;
        Offer offer;
        string endpoint;
    }

    /// @notice What a lease that is opened now must keep to.
    /// @param payee The owner's purse in Leases.
    /// @param openUntil Unix seconds up to which it may last by window and maintenance.
    /// @param usdPerSlotHour The list price of the kind of lease that was asked for.
    struct Terms {
        uint8 slots;
        uint24 payee;
        uint40 openUntil;
        uint32 minSeconds;
        uint32 maxSeconds;
        uint32 usdPerSlotHour;
    }

    /// @notice What the owner says when he registers a machine; the fields are those of `Machine`.
    struct Registration {
        address key;
        uint8 slots;
        Offer offer;
        string endpoint;
        string claim;
    }

    /// @notice Emitted when `owner` registers a machine; `Offered`, `EndpointSet` and `Claimed` follow it.
    event Registered(uint256 indexed machineId, address indexed owner, address indexed key, uint8 slots);
    /// @notice Emitted when the owner says what the hardware is, as JSON; nobody vouches for it.
    event Claimed(uint256 indexed machineId, string claim);
    /// @notice Emitted when the terms for new leases change.
    event Offered(uint256 indexed machineId, Offer offer);
    /// @notice Emitted when the agent moves to another address.
    event EndpointSet(uint256 indexed machineId, string endpoint);
    /// @notice Emitted when the owner rotates the machine key.
    event KeySet(uint256 indexed machineId, address key);
    /// @notice Emitted when the machine is paused, resumed or exits.
    event StateSet(uint256 indexed machineId, State state);
    /// @notice Emitted when an audit gives the machine a class; all zeros when it lost it.
    event Classed(uint256 indexed machineId, Class class, uint32 points, uint256 classUntil);
    /// @notice Emitted when the owner announces a span in which the machine may be away.
    event MaintenanceSet(uint256 indexed machineId, uint256 from, uint256 until);

    /// @notice Registers the caller's machine: locks the stake of its slots and mints the deed. It takes leases once
    /// an audit, which anyone may request, has given it a class.
    /// @param keySignature The machine key's EIP-712 signature over `MachineKey(address owner,uint256 nonce)`, so that
    /// nobody registers another's key; nonce is `keyNonce(key)`.
    function register(Registration calldata registration, bytes calldata keySignature)
        external
        returns (uint256 machineId);
    /// @notice Sets the terms for new leases; running ones keep theirs. Only the owner.
    function setOffer(uint256 machineId, Offer calldata offer) external;
    /// @notice Says what the hardware is. Only the owner.
    function setClaim(uint256 machineId, string calldata claim) external;
    /// @notice Says where the agent listens now. Only the owner or the key.
    function setEndpoint(uint256 machineId, string calldata endpoint) external;
    /// @notice Rotates the machine key, with the new key's signature as in `register`. Only the owner.
    function setKey(uint256 machineId, address key, bytes calldata keySignature) external;
    /// @notice Takes no new leases until `resume`; running ones go on. Only the owner or the key.
    function pause(uint256 machineId) external;
    /// @notice Takes new leases again. Only the owner or the key.
    function resume(uint256 machineId) external;
    /// @notice Announces a span in which the machine may be away: no lease is opened into it and no fault is found in it. At
    /// least MAINTENANCE_LEAD ahead, at most MAINTENANCE_BUDGET seconds in 30 days, and after the last second for which slots
    /// are held. Only the owner or the key. A lease that starts or is extended afterwards may still run into it: a report
    /// then gives its renter back every second from when the machine was away, though it costs the machine no stake.
    function planMaintenance(uint256 machineId, uint40 from, uint40 until) external;
    /// @notice Takes the machine off the network for good and starts unbonding its stake. Needs all slots free. Only the
    /// owner.
    function exit(uint256 machineId) external;
    /// @notice Says that the machine is alive. Only its key. Offers of machines silent for SILENCE_LIMIT are closed.
    function heartbeat(uint256 machineId) external;
    /// @notice Tops the machine's stake up from the owner's free stake to what its slots need. Only the owner.
    function restake(uint256 machineId) external;
    /// @notice Takes a class that has run out out of `verifiedSlots`. Anyone.
    function prune(uint256 machineId) external;

    /// @notice Gives the machine the class that an audit measured; an empty class takes it away. Only Audits.
    function setClass(uint256 machineId, Class calldata class, uint40 classUntil) external;
    /// @notice Takes up to `amount` for a fault: unvested rewards first, then stake. Only Audits and Faults.
    /// @return taken What was taken, from both.
    function slash(uint256 machineId, uint256 amount, IStakes.Split calldata split) external returns (uint256 taken);

    /// @notice How many machines were ever registered; their numbers are 1 … count.
    function count() external view returns (uint256);
    /// @notice Slots of machines whose class has not failed, exited or been pruned: the number the burn table goes by.
    function verifiedSlots() external view returns (uint256);
    /// @notice Everything about a machine; an empty one when it was never registered.
    function machine(uint256 machineId) external view returns (Machine memory);
    /// @notice Machines `from` … `from + length - 1`, cut at the last.
    function page(uint256 from, uint256 length) external view returns (Machine[] memory);
    /// @notice What a lease opened now must keep to. Reverts with the reason where the machine takes none: it is not online,
    /// silent, without a fresh class, does not offer this kind, or offers other terms than those of `offerHash` (0: any).
    function terms(uint256 machineId, bool preemptible, bytes32 offerHash) external view returns (Terms memory);
    /// @notice Where a machine stands, and how many slots it has; zeros when it was never registered.
    function stateOf(uint256 machineId) external view returns (State state, uint8 slots);
    /// @notice Weight in rewards and the unix second until which it holds; zeros when the machine has no class.
    function pointsOf(uint256 machineId) external view returns (uint32 points, uint40 until);
    /// @notice The maintenance last announced.
    function maintenanceOf(uint256 machineId) external view returns (Maintenance memory);
    /// @notice Token units that answer for the machine, unvested rewards apart.
    function stakeOf(uint256 machineId) external view returns (uint256);
    /// @notice keccak256 of the ABI-encoded offer: the terms that a renter agrees to.
    function offerHash(uint256 machineId) external view returns (bytes32);
    /// @notice Whether `account` may speak for the machine: its owner or its key.
    function isOwnerOrKey(uint256 machineId, address account) external view returns (bool);
    /// @notice The owner and the key of a machine; zeros when it was never registered.
    function ownerAndKey(uint256 machineId) external view returns (address owner, address key);
    /// @notice How often `key` has signed a registration: the nonce of its next signature.
    function keyNonce(address key) external view returns (uint256);
    /// @notice The machine that `key` signs for; 0 when none.
    function machineOfKey(address key) external view returns (uint256 machineId);
}
