// One line of the protocol (src/child/protocol.ts): a flat JSON object of whole numbers, strings without escapes, and
// lists of whole numbers. Anything else is refused.
#pragma once
#include <map>
#include <vector>
#include "keccak.hpp"

class Question {
 public:
  explicit Question(const std::string &line) : text(line) {
    take('{');
    do {
      const std::string key = takeString();
      take(':');
      if (peek() == '"') strings[key] = takeString();
      else if (peek() == '[') lists[key] = takeList();
      else numbers[key] = takeNumber();
    } while (takeIf(','));
    take('}');
    if (at != text.size()) fail();
  }
  uint64_t number(const char *key) const { return find(numbers, key); }
  const std::string &string(const char *key) const { return find(strings, key); }
  const std::vector<uint64_t> &list(const char *key) const { return find(lists, key); }
  uint64_t number(const char *key, uint64_t least, uint64_t most) const {
    const uint64_t value = number(key);
    if (value >= least && value <= most) return value;
    throw Refusal(std::string("Cannot make the challenge: ") + key + " is " + std::to_string(value) + ", expected " +
                  std::to_string(least) + " to " + std::to_string(most));
  }
  uint64_t power(const char *key, uint64_t least, uint64_t most) const {
    const uint64_t value = number(key, least, most);
    if ((value & (value - 1)) == 0) return value;
    throw Refusal(std::string("Cannot make the challenge: ") + key + " is " + std::to_string(value) +
                  ", expected a power of two");
  }
  Bytes32 bytes(const char *key) const {
    const std::string &hex = string(key);
    if (hex.size() != 66 || hex.compare(0, 2, "0x") != 0) fail();
    Bytes32 found = {};
    for (int i = 0; i < 64; i++) {
      const size_t digit = std::string("0123456789abcdef").find(hex[2 + i]);
      if (digit == std::string::npos) fail();
      found.words[i / 8] |= uint32_t(digit) << (8 * (i % 8 / 2) + (i % 2 ? 0 : 4));
    }
    return found;
  }

 private:
  [[noreturn]] void fail() const { throw Refusal("Cannot read the question: it is \"" + text.substr(0, 80) + "\""); }
  template <class Value> const Value &find(const std::map<std::string, Value> &among, const char *key) const {
    const auto found = among.find(key);
    if (found == among.end()) fail();
    return found->second;
  }
  char peek() const { return at < text.size() ? text[at] : '\0'; }
  bool takeIf(char wanted) { return peek() == wanted ? ++at, true : false; }
  void take(char wanted) {
    if (!takeIf(wanted)) fail();
  }
  std::string takeString() {
    take('"');
    const size_t from = at;
    while (at < text.size() && text[at] != '"')
      if (text[at++] == '\\') fail();
    take('"');
    return text.substr(from, at - 1 - from);
  }
  uint64_t takeNumber() {
    const size_t from = at;
    uint64_t value = 0;
    while (peek() >= '0' && peek() <= '9') value = 10 * value + uint64_t(text[at++] - '0');
    if (at == from || at - from > 16) fail();
    return value;
  }
  std::vector<uint64_t> takeList() {
    std::vector<uint64_t> values;
    take('[');
    if (takeIf(']')) return values;
    do values.push_back(takeNumber());
    while (takeIf(','));
    take(']');
    return values;
  }

  const std::string text;
  size_t at = 0;
  std::map<std::string, uint64_t> numbers;
  std::map<std::string, std::string> strings;
  std::map<std::string, std::vector<uint64_t>> lists;
};
