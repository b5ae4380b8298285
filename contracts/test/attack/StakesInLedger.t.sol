// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";
import {Errors} from "../../src/Errors.sol";
import {IAudits} from "../../src/interfaces/IAudits.sol";
import {IMachines} from "../../src/interfaces/IMachines.sol";
import {IStakes} from "../../src/interfaces/IStakes.sol";
import {Answers} from "../invariant/Answers.sol";

/// @title StakesInLedgerAttack
/// @notice What stake, votes and proofs were cheated by elsewhere, tried on the whole ledger.
contract StakesInLedgerAttack is Answers {
    address private immutable rival = account("rival");
    uint256 private machineId;

    function setUp() public override {
        super.setUp();
        machineId = registerAudited(2);
    }

    /// @dev A cheat who leaves with his last block of time: what unbonds still answers for his forgery.
    function test_attack_unbondBeforeSlash_ofAForgery() public {
        uint256 auditId = forged();
        vm.prank(owner);
        machines.exit(machineId);
        skip(10 minutes);
        uint256 had = machines.stakeOf(machineId) + rewards.accountOf(machineId).unvested;
        bytes memory proof = proofOfLie(auditId, Lie.Entry, answerTo(auditId, Lie.Entry));
        vm.prank(stranger);
        (bool done,) = address(audits).call(proof);
        vm.assertTrue(done, "proved");
        vm.assertEq(machines.stakeOf(machineId) + rewards.accountOf(machineId).unvested, had - 100e18, "half of 200");
        vm.assertEq(stakes.free(stranger), 20e18, "a fifth for who proved it");
    }

    /// @dev Or who sells the deed: the stake that answers goes with it, and the buyer looks before he buys.
    function test_attack_saleBeforeSlash_ofAForgery() public {
        uint256 auditId = forged();
        vm.prank(owner);
        machines.transferFrom(owner, rival, machineId);
        skip(10 minutes);
        (bool done,) = address(audits).call(proofOfLie(auditId, Lie.Entry, answerTo(auditId, Lie.Entry)));
        vm.assertTrue(done, "proved");
        vm.assertEq(stakes.totalOf(owner), 0, "it went with the deed");
        vm.assertEq(stakes.totalOf(rival), machines.stakeOf(machineId), "and what is left is the buyer's");
    }

    function test_attack_stakeCountedTwice_securesOneMachine() public {
        bytes memory signature = keySignature("another key", owner);
        IMachines.Registration memory registration = aRegistration(account("another key"), 1);
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, owner, 100e18, 0));
        vm.prank(owner);
        machines.register(registration, signature);

        // Nor a verifier beside it, nor a report.
        vm.expectRevert(abi.encodeWithSelector(Errors.Stakes_FreeTooSmall.selector, owner, 1000e18, 0));
        vm.prank(owner);
        committees.enroll(1, 1);
    }

    /// @dev Tokens go in circles through stake, delegates and wallets; the votes of all are never more than the tokens.
    function test_attack_stakeCountedTwice_throughDelegation() public {
        address[4] memory hands = [renter, rival, stranger, account("fourth")];
        fund(renter, 1000e18);
        uint256 random = 7;
        for (uint256 i = 0; i < 200; ++i) {
            random = uint256(keccak256(abi.encode(random)));
            (address a, address b) = (hands[random % 4], hands[(random >> 8) % 4]);
            uint256 kind = (random >> 16) % 4;
            if (kind == 0) {
                vm.prank(a);
                token.delegate(b);
            } else if (kind == 1) {
                stake(a, token.balanceOf(a) * ((random >> 24) % 101) / 100);
            } else if (kind == 2) {
                uint256 free = stakes.free(a);
                vm.prank(a);
                stakes.withdraw(free * ((random >> 24) % 101) / 100);
            } else {
                uint256 held = token.balanceOf(a);
                vm.prank(a);
                token.transfer(b, held * ((random >> 24) % 101) / 100);
            }
            uint256 votes;
            for (uint256 j = 0; j < 4; ++j) {
                votes += token.getVotes(hands[j]);
            }
            vm.assertLe(votes, 1000e18, "more votes than tokens");
        }
    }

    /// @dev Tokens of one block, staked or not, have no vote on a proposal that is weighed in another.
    function test_attack_flashBorrowedVotes_stakedOrNotCountForNothing() public {
        address[] memory to = new address[](1);
        bytes[] memory data = new bytes[](1);
        (to[0], data[0]) = (address(rewards), abi.encodeCall(rewards.setKappa, (9000)));
        fund(renter, 100_000e18);
        vm.prank(renter);
        token.delegate(renter);
        skip(1);
        vm.prank(renter);
        uint256 proposalId = governor.propose(to, new uint256[](1), data, "why");
        skip(1 days + 1);

        vm.prank(rival);
        token.delegate(rival);
        fund(rival, 500_000_000e18);
        stake(rival, 250_000_000e18);
        vm.assertEq(token.getVotes(rival), 500_000_000e18, "he has them now");
        vm.prank(rival);
        governor.castVote(proposalId, 1);
        (, uint256 votes,) = governor.proposalVotes(proposalId);
        vm.assertEq(votes, 0, "and had not when it was weighed");
    }

    /// @dev A machine that is off the network is paid for nothing that came after.
    function test_attack_claimAfterLeaving_paysUpToTheExit() public {
        skip(2 days);
        vm.prank(owner);
        machines.exit(machineId);
        rewards.claim(machineId, new uint256[](0));
        uint256 minted = creditOf();
        skip(10 days);
        rewards.sync(machineId);
        vm.assertEq(creditOf(), minted, "nothing more");
        uint256[] memory epochs = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) {
            epochs[i] = time / EPOCH_SECONDS - 3 + i;
        }
        uint256 vested = rewards.claimableOf(machineId);
        vm.assertEq(rewards.claim(machineId, epochs), vested, "but what vests of what it had");
    }

    /// @dev Whoever receives a deed is called back in the middle: everything is where it belongs by then.
    function test_attack_reentrantReceiver_ofADeed() public {
        Receiver receiver = new Receiver(machines, stakes, rival);
        vm.prank(owner);
        machines.safeTransferFrom(owner, address(receiver), machineId);
        vm.assertEq(machines.ownerOf(machineId), rival, "passed on from within");
        vm.assertEq(stakes.totalOf(rival), 200e18, "with its stake");
        vm.assertEq(stakes.totalOf(address(receiver)) + stakes.totalOf(owner), 0, "which nobody else has");
        vm.assertEq(receiver.seen(), 200e18, "in the middle it was the receiver's");
    }

    /// @dev An inner node shown as a leaf, a leaf as an inner node, and a path of another length.
    function test_attack_merkleConfusion_noNodePassesForALeaf() public {
        uint256 auditId = forged();
        skip(10 minutes);
        Answer memory answer = answerTo(auditId, Lie.Entry);
        bytes32[] memory path = pathOf(answer, 0);
        bytes memory product = answer.products[0];

        // The root's two children as the bytes of a leaf.
        bytes memory pair = abi.encodePacked(path[path.length - 1], path[path.length - 1]);
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_LeafOfWrongLength.selector, 64, 1024));
        audits.proveWrongEntry(auditId, answer.rounds[0], path, 0, 0, pair, new bytes32[](0));

        // A path that begins one level higher, and one that goes on below.
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_PathOfWrongLength.selector, 1, 2));
        audits.proveWrongEntry(auditId, answer.rounds[0], shorten(path), 0, 0, product, new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_PathOfWrongLength.selector, 3, 2));
        audits.proveWrongEntry(auditId, answer.rounds[0], append(path, path[0]), 0, 0, product, new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(Errors.Proof_PathOfWrongLength.selector, 1, 0));
        audits.proveWrongEntry(auditId, answer.rounds[0], path, 0, 0, product, append(new bytes32[](0), path[0]));

        // The right leaf at another place.
        IAudits.Round memory moved = answer.rounds[0];
        moved.round = 1;
        vm.expectRevert(abi.encodeWithSelector(Errors.Audits_NotInTranscript.selector, auditId, 0, 1));
        audits.proveWrongEntry(auditId, moved, path, 0, 0, product, new bytes32[](0));
    }

    /// @dev Nobody who had a hand in the deployment, and no office, can move what is another's.
    function test_attack_emergencyWithdraw_nobodyHasOne() public {
        address[6] memory powers =
            [address(this), bank(), guardian, address(timelock), address(governor), account("beacon")];
        IStakes.Split memory split = aSplit(rival, 1e18);
        bytes[9] memory grabs = [
            abi.encodeCall(stakes.slash, (machineId, 1e18, 0, split)),
            abi.encodeCall(stakes.move, (machineId, rival)),
            abi.encodeCall(stakes.unlock, (machineId, 1e18)),
            abi.encodeCall(machines.slash, (machineId, 1e18, split)),
            abi.encodeCall(leases.closeAsOf, (1, 0)),
            abi.encodeCall(token.mint, (rival, 1e18)),
            abi.encodeCall(token.returnStake, (rival, 1e18)),
            abi.encodeCall(rewards.forfeit, (machineId, 1e18, rival)),
            abi.encodeCall(committees.slash, (verifier(0), 1e18, split))
        ];
        address[9] memory doors = [
            address(stakes),
            address(stakes),
            address(stakes),
            address(machines),
            address(leases),
            address(token),
            address(token),
            address(rewards),
            address(committees)
        ];
        for (uint256 i = 0; i < powers.length; ++i) {
            for (uint256 j = 0; j < grabs.length; ++j) {
                vm.prank(powers[i]);
                (bool done,) = doors[j].call(grabs[j]);
                vm.assertTrue(!done, "a door that is open");
            }
        }
    }

    /// @dev A machine key's consent is for one chain, one contract, one owner and one time.
    function test_attack_replay_aKeysConsentServesOnce() public {
        fund(rival, 400e18);
        stake(rival, 400e18);
        uint256 here = block.chainid;
        vm.chainId(here + 1);
        bytes memory there = keySignature("third key", rival);
        vm.chainId(here);
        bytes memory anothers = keySignature("third key", owner);
        IMachines.Registration memory registration = aRegistration(account("third key"), 1);
        expectNoKey(registration, there);
        expectNoKey(registration, anothers);

        bytes memory signature = keySignature("third key", rival);
        vm.prank(rival);
        uint256 id = machines.register(registration, signature);
        vm.prank(rival);
        machines.exit(id);
        expectNoKey(registration, signature);
    }

    function expectNoKey(IMachines.Registration memory registration, bytes memory signature) private {
        vm.prank(rival);
        (bool done, bytes memory reason) =
            address(machines).call(abi.encodeCall(machines.register, (registration, signature)));
        vm.assertTrue(!done, "refused");
        vm.assertEq(bytes32(bytes4(reason)), bytes32(Errors.Machines_KeySignatureInvalid.selector), "for its signature");
    }

    /// @dev An audit that five members passed, of a transcript with one wrong entry.
    function forged() private returns (uint256 auditId) {
        auditId = request(machineId);
        uint256 committeeId = audits.audit(auditId).committeeId;
        seat(committeeId);
        lieSeed[auditId] = uint256(keccak256("where"));
        bytes32 transcript = answerTo(auditId, Lie.Entry).transcript;
        vm.prank(key);
        audits.post(auditId, transcript);
        voteAll(committeeId, passing(aClass(2)));
        audits.finish(auditId);
    }

    function pathOf(Answer memory answer, uint256 index) private pure returns (bytes32[] memory path) {
        (, path) = plainPath(leavesOf(answer), index);
    }

    function creditOf() private view returns (uint256) {
        return uint256(rewards.accountOf(machineId).unvested) + rewards.accountOf(machineId).claimable
            + token.balanceOf(owner);
    }
}

/// @notice Sells a deed in the middle of receiving it.
contract Receiver is IERC721Receiver {
    IMachines private immutable MACHINES;
    IStakes private immutable STAKES;
    address private immutable BUYER;
    uint256 public seen;

    constructor(IMachines machines, IStakes stakes, address buyer) {
        (MACHINES, STAKES, BUYER) = (machines, stakes, buyer);
    }

    function onERC721Received(address, address, uint256 machineId, bytes calldata) external returns (bytes4) {
        seen = STAKES.totalOf(address(this));
        IDeeds(address(MACHINES)).transferFrom(address(this), BUYER, machineId);
        return this.onERC721Received.selector;
    }
}

interface IDeeds {
    function transferFrom(address from, address to, uint256 machineId) external;
}
