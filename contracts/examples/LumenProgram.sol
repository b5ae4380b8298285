// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IProgramHook, IPrograms} from "../src/interfaces/IPrograms.sol";

/// @title Lumen
/// @notice The token of an outside project, all of it minted to whoever deploys it.
contract Lumen is ERC20 {
    constructor(uint256 supply) ERC20("Lumen", "LUMEN") {
        _mint(msg.sender, supply);
    }
}

/// @title LumenProgram
/// @notice An example: how an outside project pays machines of the network in its own token, for being there, as long as their
/// owners are many. One deployment does it all: token, budget, programme and hook. Copy it and change the figures.
///
/// It stands in no special relation to the ledger: nobody was asked, and nothing it does can hurt anything but itself.
contract LumenProgram is IProgramHook {
    /// @notice Lumen for all machines together in an epoch.
    uint128 public constant PER_EPOCH = 1000e18;
    /// @notice Machines an owner may have to take part: for people, not for halls.
    uint256 public constant MAX_MACHINES = 3;

    IPrograms public immutable PROGRAMS;
    IERC721 public immutable DEEDS;
    IERC20 public immutable TOKEN;
    address public immutable PROJECT;
    uint256 public immutable PROGRAM_ID;

    /// @param deeds The ledger's Machines, which is the ERC-721 of their deeds.
    /// @param project Who gets what is left in the end.
    /// @param fromEpoch The first epoch to pay for; it must not have begun.
    /// @param epochs For how many epochs.
    constructor(IPrograms programs, IERC721 deeds, address project, uint32 fromEpoch, uint32 epochs) {
        PROGRAMS = programs;
        DEEDS = deeds;
        PROJECT = project;
        TOKEN = new Lumen(PER_EPOCH * epochs);
        TOKEN.approve(address(programs), PER_EPOCH * epochs);
        PROGRAM_ID = programs.create(
            IPrograms.Program({
                sponsor: address(this),
                token: TOKEN,
                fact: IPrograms.Fact.Availability,
                fromEpoch: fromEpoch,
                untilEpoch: fromEpoch + epochs,
                perEpoch: PER_EPOCH,
                maxPerBurnt: 0,
                hook: address(this),
                name: "Lumen"
            })
        );
    }

    /// @inheritdoc IProgramHook
    function mayJoin(uint256, address owner) external view returns (bool) {
        return DEEDS.balanceOf(owner) <= MAX_MACHINES;
    }

    /// @notice Sends what nobody claimed to the project, once the ledger gives it back. Anyone.
    function reclaim() external {
        TOKEN.transfer(PROJECT, PROGRAMS.reclaim(PROGRAM_ID));
    }
}
