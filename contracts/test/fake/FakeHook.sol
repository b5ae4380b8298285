// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title FakeHook
/// @notice A programme's hook that answers in the ways in which one can be wrong.
contract FakeHook {
    enum Answer {
        Yes,
        No,
        Three,
        Short,
        Bomb,
        Burn,
        Revert,
        RevertWithYes,
        Write
    }

    Answer public answer;
    uint256 public writes;

    function set(Answer answer_) external {
        answer = answer_;
    }

    function mayJoin(uint256, address) external returns (bool) {
        Answer as_ = answer;
        if (as_ == Answer.Burn) {
            while (true) {}
        }
        if (as_ == Answer.Revert) revert("no");
        if (as_ == Answer.Write) ++writes;
        assembly ("memory-safe") {
            mstore(0x00, 1)
            switch as_
            case 1 {
                mstore(0x00, 0)
                return(0x00, 0x20)
            }
            case 2 {
                mstore(0x00, 3)
                return(0x00, 0x20)
            }
            case 3 {
                return(0x00, 0x1f)
            }
            case 4 {
                // About as much as its gas can pay for: 160 KB of ones.
                mstore(0x00, 1)
                return(0x00, 160000)
            }
            case 7 { revert(0x00, 0x20) }
            default { return(0x00, 0x20) }
        }
    }
}
