// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AuditBook} from "../src/AuditBook.sol";
import {Audits} from "../src/Audits.sol";
import {IAudits} from "../src/interfaces/IAudits.sol";
import {ICommittees} from "../src/interfaces/ICommittees.sol";
import {IMachines} from "../src/interfaces/IMachines.sol";
import {Picks} from "../src/libraries/Picks.sol";
import {Transcript} from "../src/libraries/Transcript.sol";
import {Verdict} from "../src/libraries/Verdict.sol";
import {FakeAuditMachines} from "./fake/FakeAuditMachines.sol";
import {CommitteeWorld} from "./CommitteeWorld.sol";
import {PlainProof} from "./PlainProof.sol";

/// @title AuditWorld
/// @notice Audits over the real committees, with a machine of two slots that has to make two products of 16 × 16 in each,
/// and helpers that answer for it, honestly or with a lie.
abstract contract AuditWorld is CommitteeWorld, PlainProof {
    enum Lie {
        None,
        Entries,
        Chain,
        Start
    }

    uint256 internal constant MACHINE = 7;
    uint16 internal constant SIZE = 16;
    uint16 internal constant ROUNDS = 2;
    uint8 internal constant SLOTS = 2;
    uint256 internal constant PICK_DELAY = 3;
    uint256 internal constant RINGER_PERIOD = 10 minutes;

    address internal immutable owner = account("owner");
    address internal immutable key = account("key");
    Audits internal audits;
    FakeAuditMachines internal machines;

    /// @dev The answer last posted: round t of slot g is at g · ROUNDS + t.
    IAudits.Round[] internal answer;
    bytes[] internal products;

    function setUp() public virtual override {
        vm.warp(time);
        convener = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 6);
        deployCommittees();
        machines = new FakeAuditMachines(owner, key, SLOTS);
        audits = new Audits(auditConfig(SIZE, ROUNDS, PICK_DELAY));
        enrollMany(8);
    }

    function auditConfig(uint16 n, uint16 rounds, uint256 pickDelay) internal view returns (AuditBook.Config memory) {
        return AuditBook.Config({
            machines: IMachines(address(machines)),
            committees: committees,
            beacon: beacon,
            n: n,
            rounds: rounds,
            pickDelay: pickDelay
        });
    }

    function request() internal returns (uint256) {
        // As an agent does it: nobody can see that no ringer is behind it.
        vm.prank(owner);
        return audits.requestWith(MACHINE, "random bytes");
    }

    function committeeOf(uint256 auditId) internal view returns (uint256) {
        return audits.audit(auditId).committeeId;
    }

    /// @dev Seats the committee and lets the machine answer.
    function run(uint256 auditId, Lie lie) internal {
        seat(committeeOf(auditId));
        bytes32 transcript = makeAnswer(auditId, lie);
        vm.prank(key);
        audits.post(auditId, transcript);
    }

    /// @dev So many members pass the machine and so many fail it, in the order of the draw.
    function judge(uint256 auditId, uint256 passes, uint256 fails) internal {
        bytes32[] memory votes = new bytes32[](passes + fails);
        for (uint256 i = 0; i < votes.length; ++i) {
            votes[i] = i < passes ? passing(1, 30, 29, SLOTS) : failing();
        }
        voteAll(committeeOf(auditId), votes);
    }

    function finish(uint256 auditId, uint256 passes, uint256 fails) internal {
        judge(auditId, passes, fails);
        audits.finish(auditId);
    }

    /// @dev An audit from its request to its verdict.
    function audited(Lie lie, uint256 passes, uint256 fails) internal returns (uint256 auditId) {
        auditId = request();
        run(auditId, lie);
        finish(auditId, passes, fails);
    }

    function passing(uint8 kind, uint16 compute, uint16 memory_, uint8 slots) internal pure returns (bytes32) {
        return Verdict.encode(Verdict.Parts(true, IMachines.Class(kind, compute, memory_, slots), 3, 52, 48, 56, 28));
    }

    function failing() internal pure returns (bytes32) {
        return Verdict.encode(Verdict.Parts(false, IMachines.Class(0, 0, 0, 0), 0, 0, 0, 0, 0));
    }

    function makeAnswer(uint256 auditId, Lie lie) internal returns (bytes32 transcript) {
        delete answer;
        delete products;
        for (uint8 slot = 0; slot < SLOTS; ++slot) {
            bytes32 state = Transcript.startState(audits.seedOf(auditId), block.chainid, MACHINE, slot, auditId);
            if (lie == Lie.Start && slot == 1) state = "started before";
            for (uint16 round = 0; round < ROUNDS; ++round) {
                if (lie == Lie.Chain && slot == 1 && round == 1) state = "from another card";
                bytes memory product = plainLeaves(state, SIZE)[0];
                // Every entry but the first is wrong.
                if (lie == Lie.Entries && slot == 1) {
                    for (uint256 i = 7; i < 1024; i += 4) {
                        product[i] ^= 0x01;
                    }
                }
                answer.push(IAudits.Round(slot, round, state, hashLeaf(product)));
                products.push(product);
                state = Transcript.nextState(state, hashLeaf(product));
            }
        }
        (transcript,) = roundPath(0);
    }

    function roundPath(uint256 index) internal view returns (bytes32 transcript, bytes32[] memory path) {
        bytes32[] memory level = new bytes32[](answer.length);
        for (uint256 i = 0; i < level.length; ++i) {
            IAudits.Round memory round = answer[i];
            level[i] = keccak256(abi.encodePacked(bytes1(0x00), round.slot, round.round, round.state, round.root));
        }
        return plainPath(level, index);
    }

    function pathOf(uint256 index) internal view returns (bytes32[] memory path) {
        (, path) = roundPath(index);
    }

    /// @dev The proof of pick `pick` of a slot, right or wrong.
    function picked(uint256 auditId, uint8 slot, uint8 pick) internal view returns (IAudits.PickedEntry memory) {
        uint64 beaconRound = audits.pickRoundOf(auditId);
        bytes memory proof = beacon.proofOf(beaconRound);
        (uint16 round,,) = Picks.pick(beacon.randomness(beaconRound, proof), pick, slot, ROUNDS, SIZE);
        uint256 index = uint256(slot) * ROUNDS + round;
        return IAudits.PickedEntry({
            pick: pick,
            round: answer[index],
            roundPath: pathOf(index),
            leaf: products[index],
            leafPath: new bytes32[](0),
            beaconProof: proof
        });
    }

    /// @dev Proves entry (0, column) of round `index` of the answer wrong.
    function proveEntry(uint256 auditId, uint256 index, uint32 column) internal {
        bytes32[] memory path = pathOf(index);
        vm.prank(stranger);
        audits.proveWrongEntry(auditId, answer[index], path, 0, column, products[index], new bytes32[](0));
    }

    function ringerOf(bytes32 salt) internal pure returns (bytes32) {
        return keccak256(abi.encode(MACHINE, salt, "ringer"));
    }

    function assertBond(address who, uint256 expected) internal view {
        (uint256 amount,) = bondOf(who);
        vm.assertEq(amount, expected, "bond");
    }

    function assertState(uint256 auditId, IAudits.State expected) internal view {
        vm.assertEq(uint256(audits.audit(auditId).state), uint256(expected), "state");
    }

    function assertClass(uint256 classUntil) internal view {
        vm.assertEq(machines.classUntil(), classUntil, "class until");
    }

    function wrongState(uint256 auditId, IAudits.State state) internal pure returns (bytes memory) {
        return abi.encodeWithSignature("Audits_WrongState(uint256,uint8)", auditId, uint8(state));
    }

    function wrongAuditPhase(uint256 auditId, ICommittees.Phase phase) internal pure returns (bytes memory) {
        return abi.encodeWithSignature("Audits_WrongPhase(uint256,uint8)", auditId, uint8(phase));
    }
}
