// Merkle trees over a power of two of leaves: every level stays on the device, and paths are read from it.
#pragma once
#include <vector>
#include "keccak.hpp"

// keccak-256 of (prefix ‖ words) for messages that lie one after the other. The byte in front moves all up by one byte.
struct HashMessages {
  const uint32_t *messages;
  Bytes32 *hashes;
  uint32_t words, prefix;

  DEVICE uint32_t wordAt(const uint32_t *message, uint32_t at) const {
    if (at > words) return 0;
    const uint32_t before = at == 0 ? prefix : message[at - 1] >> 24;
    return at == words ? before | 0x100u : before | message[at] << 8;
  }
  DEVICE void operator()(uint64_t i) const {
    const uint32_t *message = messages + i * words;
    const uint32_t last = words / 34;
    uint64_t s[25] = {};
    for (uint32_t block = 0; block <= last; block++) {
      UNROLL for (int at = 0; at < 17; at++)
        s[at] ^= lane(wordAt(message, 34 * block + 2 * at), wordAt(message, 34 * block + 2 * at + 1));
      if (block == last) s[16] ^= 0x8000000000000000;
      permute(s);
    }
    hashes[i] = digest(s);
  }
};

struct Opening {
  std::vector<uint8_t> leaf;
  std::vector<Bytes32> path;
};

class Tree {
 public:
  explicit Tree(uint64_t leaves) {
    for (uint64_t nodes = leaves; nodes >= 1; nodes /= 2) levels.emplace_back("the Merkle tree", nodes * sizeof(Bytes32));
  }
  void hashLeaves(const uint32_t *leaves, uint64_t to, uint64_t count, uint32_t words) {
    run(count, HashMessages{leaves, levels[0].as<Bytes32>() + to, words, 0});
  }
  Bytes32 raise() {
    for (size_t level = 1; level < levels.size(); level++) {
      const uint64_t nodes = uint64_t(1) << (levels.size() - 1 - level);
      run(nodes, HashMessages{levels[level - 1].as<uint32_t>(), levels[level].as<Bytes32>(), 16, 1});
    }
    return nodeAt(levels.size() - 1, 0);
  }
  std::vector<Bytes32> path(uint64_t leaf) const {
    std::vector<Bytes32> nodes;
    for (size_t level = 0; level + 1 < levels.size(); level++) nodes.push_back(nodeAt(level, (leaf >> level) ^ 1));
    return nodes;
  }

 private:
  Bytes32 nodeAt(size_t level, uint64_t at) const {
    Bytes32 node;
    readBytes(&node, levels[level].as<Bytes32>() + at, sizeof node);
    return node;
  }
  std::vector<Room> levels;
};
