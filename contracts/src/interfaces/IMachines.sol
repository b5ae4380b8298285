// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IMachines
/// @notice Deeds of machines. A deed is an ERC-721 token; whoever holds it is the owner, is paid the rent and answers
/// with stake. The machine key signs for the agent and can be rotated by the owner.
///
/// None --register--> Online <--pause, resume--> Paused; Online or Paused --exit--> Exited, for good.
///
/// A deed cannot be transferred before its machine has exited: the new owner would have to lock stake of his own, and
/// without his consent a deed could be pushed on him to lock it. A handover in two steps is left to a later cut.
interface IMachines {
    enum State {
        None,
        Online,
        Paused,
        Exited
    }

    /// @param usdPerSlotHour Price of one slot for an hour, in millionths of a US dollar.
    /// @param minSeconds The shortest lease, in seconds.
    /// @param maxSeconds The longest lease with its extensions, in seconds.
    /// @param tier How strong the wall around a workload is: 0 process, 1 hardened container, 2 gVisor, 3 VM, 4 confidential VM.
    struct Offer {
        uint64 usdPerSlotHour;
        uint32 minSeconds;
        uint32 maxSeconds;
        uint8 tier;
    }

    /// @param key The machine key: the agent signs transactions and link handshakes with it.
    /// @param slots How many slots (GPUs, or one CPU slot) the machine has; slot i is bit i of a slot set.
    /// @param lastSeen Unix seconds of the last heartbeat.
    /// @param endpoint Where the agent listens, as a multiaddr.
    /// @param claim What the owner says the hardware is, as JSON; nobody vouches for it.
    struct Machine {
        address owner;
        address key;
        State state;
        uint8 slots;
        uint40 lastSeen;
        Offer offer;
        string endpoint;
        string claim;
    }

    /// @notice What a lease depends on, without the strings.
    /// @param silentAfter Unix seconds after which the machine counts as silent if no heartbeat comes.
    struct Terms {
        address owner;
        State state;
        uint8 slots;
        uint40 silentAfter;
        Offer offer;
    }

    /// @notice What the owner says when he registers a machine; the fields are those of `Machine`.
    struct Registration {
        address key;
        uint8 slots;
        Offer offer;
        string endpoint;
        string claim;
    }

    /// @notice Emitted when `owner` registers a machine; `Offered` and `EndpointSet` follow it.
    event Registered(uint256 indexed machineId, address indexed owner, address indexed key, uint8 slots, string claim);
    /// @notice Emitted when the terms for new leases change.
    event Offered(uint256 indexed machineId, Offer offer);
    /// @notice Emitted when the agent moves to another address.
    event EndpointSet(uint256 indexed machineId, string endpoint);
    /// @notice Emitted when the owner rotates the machine key.
    event KeySet(uint256 indexed machineId, address key);
    /// @notice Emitted when the machine is paused, resumed or exits.
    event StateSet(uint256 indexed machineId, State state);

    /// @notice Registers the caller's machine: locks the stake of its slots, mints the deed and requests its audit.
    /// @param keySignature The machine key's EIP-712 signature over `MachineKey(address owner,uint256 nonce)`, so that
    /// nobody registers another's key; nonce is `keyNonce(key)`.
    function register(Registration calldata registration, bytes calldata keySignature)
        external
        returns (uint256 machineId);
    /// @notice Sets the terms for new leases; running ones keep theirs. Only the owner.
    function setOffer(uint256 machineId, Offer calldata offer) external;
    /// @notice Says where the agent listens now. Only the owner or the key.
    function setEndpoint(uint256 machineId, string calldata endpoint) external;
    /// @notice Rotates the machine key, with the new key's signature as in `register`. Only the owner.
    function setKey(uint256 machineId, address key, bytes calldata keySignature) external;
    /// @notice Takes no new leases until `resume`; running ones go on. Only the owner or the key.
    function pause(uint256 machineId) external;
    /// @notice Takes new leases again. Only the owner or the key.
    function resume(uint256 machineId) external;
    /// @notice Takes the machine off the network for good and starts unbonding its stake. Needs all slots free. Only the
    /// owner.
    function exit(uint256 machineId) external;
    /// @notice Says that the machine is alive. Only its key. Offers of machines silent for SILENCE_LIMIT are closed.
    function heartbeat(uint256 machineId) external;

    /// @notice How many machines were ever registered; their numbers are 1 … count.
    function count() external view returns (uint256);
    /// @notice Everything about a machine; an empty one when it was never registered.
    function machine(uint256 machineId) external view returns (Machine memory);
    /// @notice Machines `from` … `from + length - 1`, cut at the last.
    function page(uint256 from, uint256 length) external view returns (Machine[] memory);
    /// @notice What a lease depends on; empty when the machine was never registered.
    function terms(uint256 machineId) external view returns (Terms memory);
    /// @notice keccak256 of the ABI-encoded offer: the terms that a renter agrees to.
    function offerHash(uint256 machineId) external view returns (bytes32);
    /// @notice Whether `account` may speak for the machine: its owner or its key.
    function isOwnerOrKey(uint256 machineId, address account) external view returns (bool);
    /// @notice How often `key` has signed a registration: the nonce of its next signature.
    function keyNonce(address key) external view returns (uint256);
    /// @notice The machine that `key` signs for; 0 when none.
    function machineOfKey(address key) external view returns (uint256 machineId);
}
