// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IProgramHook} from "../interfaces/IPrograms.sol";

/// @title Hooks
/// @notice Asks a stranger's contract a yes-or-no question in such a way that it can do nothing but answer.
library Hooks {
    /// @dev Enough for a dozen reads of the ledger, and little enough that whoever asks can afford the worst.
    uint256 internal constant GAS = 100_000;

    /// @notice Whether `hook` answers yes. It cannot write (staticcall), cannot burn more than GAS, and 32 bytes of its answer
    /// are looked at, however many it returns. No code, a revert, a shorter answer or any word but 1 is a no.
    function mayJoin(address hook, uint256 machineId, address owner) internal view returns (bool yes) {
        bytes memory question = abi.encodeCall(IProgramHook.mayJoin, (machineId, owner));
        uint256 gasLimit = GAS;
        assembly ("memory-safe") {
            // Scratch space takes the answer: what is longer is never copied, what is shorter has zeros at its end.
            mstore(0x00, 0)
            let ok := staticcall(gasLimit, hook, add(question, 0x20), mload(question), 0x00, 0x20)
            yes := and(ok, eq(mload(0x00), 1))
        }
    }
}
