// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {Verdict} from "../../src/libraries/Verdict.sol";
import {AuditWorld} from "../AuditWorld.sol";

/// @title AuditsFuzz
/// @notice Verdicts have one spelling; an honest answer is never forged, one wrong entry always is.
/// forge-config: default.fuzz.runs = 32
contract AuditsFuzz is AuditWorld {
    function testFuzz_verdict_isReadAsItWasWritten(Verdict.Parts memory written) public pure {
        written.class.kind %= 2;
        if (written.class.slots == 0) written.class.slots = 1;
        bytes32 vote = Verdict.encode(written);
        (bool valid, Verdict.Parts memory parts) = Verdict.decode(vote);
        vm.assertTrue(valid && vote != 0, "valid");
        // Of a machine that fails nothing is said.
        Verdict.Parts memory nothing;
        vm.assertEq(keccak256(abi.encode(parts)), keccak256(abi.encode(written.passes ? written : nothing)), "parts");
    }

    /// @dev The measured bytes of network and disk, where they are: packages/protocol reads the same.
    function test_verdict_LiesAsTheReferenceReadsIt() public pure {
        Verdict.Parts memory parts = Verdict.Parts(true, IMachines.Class(1, 301, 72, 8), 9, 52, 48, 56, 28);
        bytes32 expected = 0x0201012d004808093430381c0000000000000000000000000000000000000000;
        vm.assertEq(Verdict.encode(parts), expected, "passes");
        parts.passes = false;
        vm.assertEq(Verdict.encode(parts), bytes32(bytes1(0x01)), "fails");
    }

    function test_verdict_ThatPassesHasSlotsAndAKnownKind() public pure {
        (bool valid,) = Verdict.decode(Verdict.encode(Verdict.Parts(true, IMachines.Class(1, 0, 0, 1), 0, 0, 0, 0, 0)));
        vm.assertTrue(valid, "one slot of a GPU, and nothing else measured");
        (valid,) = Verdict.decode(Verdict.encode(Verdict.Parts(true, IMachines.Class(1, 30, 29, 0), 0, 0, 0, 0, 0)));
        vm.assertTrue(!valid, "no slot");
        (valid,) = Verdict.decode(Verdict.encode(Verdict.Parts(true, IMachines.Class(2, 30, 29, 1), 0, 0, 0, 0, 0)));
        vm.assertTrue(!valid, "no kind");
    }

    /// @dev One bit anywhere behind the outcome would be a mark.
    function testFuzz_verdict_thatFailsSaysNothingElse(uint8 bit) public pure {
        (bool valid,) = Verdict.decode(bytes32(bytes1(0x01)) | bytes32(1 << bound(bit, 0, 247)));
        vm.assertTrue(!valid, "marked");
    }

    /// forge-config: default.fuzz.runs = 1000
    function testFuzz_verdict_hasOneSpelling(bytes32 vote, uint8 outcome, uint96 head) public pure {
        (bool valid, Verdict.Parts memory parts) = Verdict.decode(vote);
        if (valid) vm.assertEq(Verdict.encode(parts), vote, "spelling");
        // Near the valid ones too: no more than the first twelve bytes, and an outcome that may be one.
        vote = bytes32((uint256(outcome % 4) << 248) | (uint256(head >> 8) << 160));
        (valid, parts) = Verdict.decode(vote);
        if (valid) vm.assertEq(Verdict.encode(parts), vote, "spelling");
        if (outcome % 4 == 0 || outcome % 4 == 3) vm.assertTrue(!valid, "no outcome");
    }

    function testFuzz_proof_ofAnHonestAnswerIsRefused(uint256 index, uint256 row, uint256 column, uint8 pick) public {
        uint256 auditId = audited(Lie.None, 5, 0);
        skip(RINGER_PERIOD);
        (index, row, column) = (bound(index, 0, 3), bound(row, 0, SIZE - 1), bound(column, 0, SIZE - 1));
        bytes32[] memory path = pathOf(index);
        bytes memory call = abi.encodeCall(
            IAudits.proveWrongEntry,
            (auditId, answer[index], path, uint32(row), uint32(column), products[index], new bytes32[](0))
        );
        assertRefused(call, Errors.Audits_EntryRight.selector);
        call = abi.encodeCall(IAudits.proveBlindPass, (auditId, picked(auditId, pick % 2, pick % 64)));
        assertRefused(call, Errors.Audits_EntryRight.selector);
        path = pathOf(index & 2);
        call = abi.encodeCall(IAudits.proveFalseStart, (auditId, answer[index & 2], path));
        assertRefused(call, Errors.Audits_StartHolds.selector);
        bytes32[] memory next = pathOf(index | 1);
        call = abi.encodeCall(IAudits.proveBrokenChain, (auditId, answer[index & 2], path, answer[index | 1], next));
        assertRefused(call, Errors.Audits_ChainHolds.selector);
    }

    function testFuzz_proof_ofOneWrongEntryIsTaken(uint256 index, uint256 row, uint256 column, uint8 flip) public {
        vm.assume(flip != 0);
        (index, row, column) = (bound(index, 0, 3), bound(row, 0, SIZE - 1), bound(column, 0, SIZE - 1));
        uint256 auditId = request();
        seat(committeeOf(auditId));
        makeAnswer(auditId, Lie.None);
        products[index][(row * SIZE + column) * 4 + 3] ^= bytes1(flip);
        answer[index].root = hashLeaf(products[index]);
        (bytes32 transcript, bytes32[] memory path) = roundPath(index);
        vm.prank(key);
        audits.post(auditId, transcript);
        finish(auditId, 5, 0);
        skip(RINGER_PERIOD);
        audits.proveWrongEntry(
            auditId, answer[index], path, uint32(row), uint32(column), products[index], new bytes32[](0)
        );
        assertState(auditId, IAudits.State.Forged);
    }

    function assertRefused(bytes memory call, bytes4 reason) private {
        (bool succeeded, bytes memory given) = address(audits).call(call);
        vm.assertTrue(!succeeded, "refused");
        vm.assertEq(bytes32(bytes4(given)), bytes32(reason), "reason");
    }
}
