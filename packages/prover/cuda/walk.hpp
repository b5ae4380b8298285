// Memory filled with hashes, and walks of many lanes through it.
#pragma once
#include <algorithm>
#include <memory>
#include "tree.hpp"

// Hashes a cell `hashes` times more; from (key ‖ index in 8 bytes) where `begins`.
struct MakeCells {
  Bytes32 key;
  uint64_t first;
  uint32_t hashes;
  bool begins;
  Bytes32 *cells;

  DEVICE void operator()(uint64_t i) const {
    const uint64_t index = first + i;
    Bytes32 cell = begins ? key : cells[index];
    for (uint32_t depth = 0; depth < hashes; depth++) {
      uint64_t s[25];
      begin(s, cell);
      if (begins && depth == 0) {
        s[4] = lane(swapBytes(uint32_t(index >> 32)), swapBytes(uint32_t(index)));
        s[5] = 1;
      } else {
        s[4] = 1;
      }
      permute(s);
      cell = digest(s);
    }
    cells[index] = cell;
  }
};

struct Position {
  uint32_t a, b;
};

struct StartLanes {
  Bytes32 key, nonce;
  uint32_t stride;
  Position *checkpoints;

  DEVICE void operator()(uint64_t number) const {
    uint64_t s[25];
    begin(s, key);
    UNROLL for (int i = 0; i < 4; i++) s[4 + i] = lane(nonce.words[2 * i], nonce.words[2 * i + 1]);
    s[8] = lane(swapBytes(uint32_t(number)), 1);
    permute(s);
    checkpoints[number * stride] = {uint32_t(s[0]), uint32_t(s[0] >> 32)};
  }
};

// One segment of a lane: 64 steps, each of which waits for the one before.
struct WalkSegment {
  uint64_t mask;
  uint32_t stride, segment;
  const Word4 *cells;
  Position *checkpoints;

  DEVICE static uint32_t mix(uint32_t word, const Word4 &c) {
    constexpr uint32_t multiplier = 0x9e3779b1;
    return (((word ^ c.x) * multiplier + c.y) ^ c.z) * multiplier + c.w;
  }
  DEVICE void operator()(uint64_t number) const {
    Position at = checkpoints[number * stride + segment];
    for (int step = 0; step < 64; step++) {
      const Word4 *cell = cells + 2 * ((uint64_t(at.b) << 32 | at.a) & mask);
      const Word4 low = cell[0], high = cell[1];
      at = {mix(at.b, high), mix(at.a, low)};
    }
    checkpoints[number * stride + segment + 1] = at;
  }
};

class Walk {
 public:
  Bytes32 root;
  const uint64_t lanes;
  Walk(const Bytes32 &key, const Bytes32 &nonce, const Room &cells, uint64_t count, uint32_t laneCount, uint32_t segments)
      : lanes(laneCount),
        stride(segments + 1),
        checkpoints("the checkpoints of a walk", lanes * stride * sizeof(Position)),
        tree(lanes) {
    Position *const positions = checkpoints.as<Position>();
    run(lanes, StartLanes{key, nonce, stride, positions});
    for (uint32_t segment = 0; segment < segments; segment++)
      run(lanes, WalkSegment{count - 1, stride, segment, cells.as<Word4>(), positions});
    tree.hashLeaves(checkpoints.as<uint32_t>(), 0, lanes, 2 * stride);
    root = tree.raise();
  }
  Opening open(uint64_t number) const {
    std::vector<uint8_t> leaf(stride * sizeof(Position));
    readBytes(leaf.data(), checkpoints.as<Position>() + number * stride, leaf.size());
    return {leaf, tree.path(number)};
  }

 private:
  const uint32_t stride;
  Room checkpoints;
  Tree tree;
};

class Memory {
 public:
  std::vector<uint64_t> walks;
  Memory(const Bytes32 &seed, uint64_t size, uint32_t hashes)
      : key(seed), count(size), cells("the cells of a walk", count * sizeof(Bytes32)) {
    // Launches of 2²⁴ hashes at most: a tenth of a second on a small GPU.
    constexpr uint64_t mostCells = uint64_t(1) << 20;
    constexpr uint32_t mostDepth = 16;
    for (uint64_t first = 0; first < count; first += mostCells)
      for (uint32_t depth = 0; depth < hashes; depth += mostDepth)
        run(std::min(mostCells, count - first),
            MakeCells{key, first, std::min(mostDepth, hashes - depth), depth == 0, cells.as<Bytes32>()});
    settle();
  }
  std::unique_ptr<Walk> walk(const Bytes32 &nonce, uint32_t lanes, uint32_t segments) const {
    return std::make_unique<Walk>(key, nonce, cells, count, lanes, segments);
  }

 private:
  const Bytes32 key;
  const uint64_t count;
  Room cells;
};
