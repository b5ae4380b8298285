// Products of a round: rows from hashes, bands of the product, its tree, and leaves of it.
#pragma once
#include <algorithm>
#include <map>
#include "tensor.hpp"
#include "tree.hpp"

// Hash i of a matrix: 32 entries of 7 bits of keccak-256 of (state ‖ side ‖ row ‖ block), 41 bytes.
struct MakeRows {
  Bytes32 state;
  uint32_t side, firstRow, n;
  uint32_t *rows;

  DEVICE void operator()(uint64_t i) const {
    const uint32_t blocks = n < 32 ? 1 : n / 32, words = n < 32 ? 4 : 8;
    const uint32_t row = swapBytes(firstRow + uint32_t(i / blocks)), block = swapBytes(uint32_t(i % blocks));
    uint64_t s[25];
    begin(s, state);
    s[4] = lane(side | row << 8, row >> 24 | block << 8);
    s[5] = lane(block >> 24 | 0x100u, 0);
    permute(s);
    const Bytes32 hash = digest(s);
    UNROLL for (uint32_t word = 0; word < 8; word++)
      if (word < words) rows[i * words + word] = hash.words[word] & 0x7f7f7f7fu;
  }
};

// Where products of one size are made; kept between rounds. Rows of A and of the product come in bands.
class ProductRoom {
 public:
  const uint32_t n;
  explicit ProductRoom(uint32_t size)
      : n(size),
        bandRows(uint32_t(std::min<uint64_t>(n, bandEntries / n))),
        left("rows of A", uint64_t(bandRows) * n),
        right("the columns of B", uint64_t(n) * n),
        product("rows of the product", uint64_t(bandRows) * n * 4),
        tree(uint64_t(n) * n / leafWords) {}

  // The root of the product that begins in `state`; fills `openings` for `leaves`.
  Bytes32 multiply(const Bytes32 &state, bool onTensorUnits, const std::vector<uint64_t> &leaves,
                   std::vector<Opening> &openings) {
    std::map<uint64_t, std::vector<uint8_t>> opened;
    makeRows(state, 1, 0, n, right);
    for (uint32_t row = 0; row < n; row += bandRows) {
      makeRows(state, 0, row, bandRows, left);
      for (uint32_t column = 0; column < n; column += columnsAtOnce()) multiplyBand(column, onTensorUnits);
      const uint64_t first = uint64_t(row) * n / leafWords, count = uint64_t(bandRows) * n / leafWords;
      tree.hashLeaves(product.as<uint32_t>(), first, count, leafWords);
      for (const uint64_t leaf : leaves) {
        if (leaf < first || leaf >= first + count) continue;
        std::vector<uint8_t> bytes(4 * leafWords);
        readBytes(bytes.data(), product.as<uint8_t>() + (leaf - first) * bytes.size(), bytes.size());
        opened[leaf] = bytes;
      }
    }
    const Bytes32 root = tree.raise();
    for (const uint64_t leaf : leaves) openings.push_back({opened.at(leaf), tree.path(leaf)});
    return root;
  }

 private:
  static constexpr uint32_t leafWords = 256;
  // 256 MiB of the product at a time.
  static constexpr uint64_t bandEntries = uint64_t(1) << 26;
  // Multiply-adds in a launch: a tenth of a second on a small GPU, so that no driver ends it.
  static constexpr uint64_t mostMultiplyAdds = uint64_t(1) << 37;

  uint32_t columnsAtOnce() const {
    const uint64_t most = std::max<uint64_t>(tile, mostMultiplyAdds / (uint64_t(bandRows) * n));
    return uint32_t(std::min<uint64_t>(n, most));
  }
  void makeRows(const Bytes32 &state, uint32_t side, uint32_t first, uint32_t rows, const Room &to) {
    run(uint64_t(rows) * std::max(1u, n / 32), MakeRows{state, side, first, n, to.as<uint32_t>()});
  }
  void multiplyBand(uint32_t column, bool onTensorUnits) {
    const uint32_t columns = columnsAtOnce();
    const Word4 *from = right.as<Word4>() + uint64_t(column) * (n / 16);
    const Band band = {n, bandRows, columns, column, left.as<Word4>(), from, product.as<uint32_t>()};
    const unsigned across = (columns + tile - 1) / tile, down = (bandRows + tile - 1) / tile;
    if (onTensorUnits) runBlocks(across, down, MultiplyTensor{band});
    else runBlocks(across, down, MultiplyPlain{band});
  }

  const uint32_t bandRows;
  Room left, right, product;
  Tree tree;
};
