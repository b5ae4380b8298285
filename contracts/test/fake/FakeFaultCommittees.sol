// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICommittees} from "../../src/interfaces/ICommittees.sol";

/// @title FakeFaultCommittees
/// @notice What Faults sees of Committees: committees whose votes a test writes, and verifiers whose regions it sets.
contract FakeFaultCommittees {
    error NotOver(uint256 committeeId);

    struct Asked {
        uint256 size;
        uint32 workSeconds;
        address[2] excluded;
    }

    uint256 public count;
    mapping(uint256 committeeId => ICommittees.Phase) public phaseOf;
    mapping(address verifier => uint8) public regionOf;
    mapping(uint256 committeeId => Asked) private _asked;
    mapping(uint256 committeeId => uint8) private _seated;
    mapping(uint256 committeeId => uint40) private _votedUntil;
    mapping(uint256 committeeId => address[]) private _voters;
    mapping(uint256 committeeId => bytes32[]) private _votes;

    function setRegion(address verifier, uint8 region) external {
        regionOf[verifier] = region;
    }

    /// @dev Ends a committee of which `seated` were drawn and these voted.
    function finish(uint256 committeeId, uint8 seated, address[] calldata voters, bytes32[] calldata votes) external {
        phaseOf[committeeId] = ICommittees.Phase.Over;
        _seated[committeeId] = seated;
        _voters[committeeId] = voters;
        _votes[committeeId] = votes;
        _votedUntil[committeeId] = uint40(block.timestamp);
    }

    function convene(uint256 size, uint32 workSeconds, address[2] calldata excluded) external returns (uint256 id) {
        id = ++count;
        phaseOf[id] = ICommittees.Phase.Convened;
        _asked[id] = Asked(size, workSeconds, excluded);
    }

    function dismiss(uint256 committeeId) external {
        if (phaseOf[committeeId] != ICommittees.Phase.Over) revert NotOver(committeeId);
        phaseOf[committeeId] = ICommittees.Phase.Dismissed;
    }

    function committee(uint256 committeeId) external view returns (ICommittees.Committee memory found) {
        (found.seated, found.commitUntil) = (_seated[committeeId], _votedUntil[committeeId]);
    }

    function votesOf(uint256 committeeId) external view returns (address[] memory, bytes32[] memory) {
        return (_voters[committeeId], _votes[committeeId]);
    }

    function asked(uint256 committeeId) external view returns (Asked memory) {
        return _asked[committeeId];
    }
}
