// The proof on one NVIDIA GPU: the first that CUDA shows. Speaks the protocol of src/child/protocol.ts on its standard
// streams. `prove plain` leaves tensor units alone, `prove tensor` insists on them.
#include <iostream>
#include "product.hpp"
#include "question.hpp"
#include "walk.hpp"

namespace {

std::string toHex(const void *bytes, size_t size) {
  std::string hex = "0x";
  for (size_t i = 0; i < size; i++) {
    const uint8_t byte = static_cast<const uint8_t *>(bytes)[i];
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

std::string quote(const std::string &text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c < ' ' ? ' ' : c;
  }
  return quoted + '"';
}

std::string quote(const Bytes32 &bytes) { return quote(toHex(&bytes, sizeof bytes)); }

std::string write(const std::vector<Opening> &openings) {
  std::string all;
  for (const Opening &opening : openings) {
    std::string path;
    for (const Bytes32 &node : opening.path) path += (path.empty() ? "" : ",") + quote(node);
    all += all.empty() ? "" : ",";
    all += "{\"leaf\":" + quote(toHex(opening.leaf.data(), opening.leaf.size())) + ",\"leafPath\":[" + path + "]}";
  }
  return "[" + all + "]";
}

class Prover {
 public:
  explicit Prover(const std::string &how) {
    onTensorUnits = how != "plain" && hasTensorUnits() && tensorUnitsAgree();
    if (how == "tensor" && !onTensorUnits) throw Refusal("Cannot use tensor units: they are not there, or do not agree");
  }

  std::string answer(const Question &asked) {
    const std::string &verb = asked.string("verb");
    if (verb == "describe")
      return "{\"device\":" + quote(describeDevice()) + ",\"kind\":" + quote(deviceKind()) + "}";
    if (verb == "productRoot") return quote(multiply(asked, {}).first);
    if (verb == "openProduct") return write(multiply(asked, asked.list("leaves")).second);
    if (verb == "fill") {
      product.reset();
      const uint64_t cells = asked.power("cells", 64, uint64_t(1) << 40);
      memories.emplace(next, Memory(asked.bytes("key"), cells, uint32_t(asked.number("hashes", 1, 65535))));
      return std::to_string(next++);
    }
    if (verb == "walk") {
      Memory &memory = find(memories, asked.number("memory"));
      const uint32_t lanes = uint32_t(asked.power("lanes", 1, 1 << 20));
      const uint64_t walk = next++;
      walks.emplace(walk, memory.walk(asked.bytes("nonce"), lanes, uint32_t(asked.number("segments", 1, 1024))));
      memory.walks.push_back(walk);
      return "{\"walk\":" + std::to_string(walk) + ",\"root\":" + quote(walks.at(walk)->root) + "}";
    }
    if (verb == "openLanes") {
      const Walk &walk = *find(walks, asked.number("walk"));
      std::vector<Opening> openings;
      for (const uint64_t lane : asked.list("lanes")) openings.push_back(walk.open(below(lane, walk.lanes)));
      return write(openings);
    }
    if (verb == "free") {
      for (const uint64_t walk : find(memories, asked.number("memory")).walks) walks.erase(walk);
      memories.erase(asked.number("memory"));
      return "null";
    }
    throw Refusal("Cannot answer \"" + verb + "\": it is no verb of the protocol");
  }

 private:
  std::pair<Bytes32, std::vector<Opening>> multiply(const Question &asked, const std::vector<uint64_t> &leaves) {
    const uint32_t n = uint32_t(asked.power("n", 16, 32768));
    for (const uint64_t leaf : leaves) below(leaf, uint64_t(n) * n / 256);
    if (!product || product->n != n) {
      product.reset();
      product = std::make_unique<ProductRoom>(n);
    }
    std::vector<Opening> openings;
    const Bytes32 root = product->multiply(asked.bytes("state"), onTensorUnits, leaves, openings);
    return {root, openings};
  }

  // A wrong product costs a machine its stake, so tensor units have to agree with plain arithmetic before they are used.
  static bool tensorUnitsAgree() {
    ProductRoom room(256);
    std::vector<Opening> none;
    const Bytes32 plain = room.multiply({}, false, {}, none), tensor = room.multiply({}, true, {}, none);
    const bool agree = std::memcmp(&plain, &tensor, sizeof plain) == 0;
    if (!agree) std::cerr << "tensor units do not agree with plain arithmetic: left alone" << std::endl;
    return agree;
  }
  static uint64_t below(uint64_t value, uint64_t count) {
    if (value < count) return value;
    throw Refusal("Cannot open " + std::to_string(value) + ": there are " + std::to_string(count));
  }
  template <class Value> static Value &find(std::map<uint64_t, Value> &among, uint64_t number) {
    const auto found = among.find(number);
    if (found != among.end()) return found->second;
    throw Refusal("Cannot use " + std::to_string(number) + ": it was freed, expected one that is there");
  }

  bool onTensorUnits = false;
  std::unique_ptr<ProductRoom> product;
  std::map<uint64_t, Memory> memories;
  std::map<uint64_t, std::unique_ptr<Walk>> walks;
  uint64_t next = 1;
};

}  // namespace

int main(int count, char **arguments) {
  try {
    Prover prover(count > 1 ? arguments[1] : "");
    for (std::string line; std::getline(std::cin, line);) {
      const Question asked(line);
      const std::string id = "{\"id\":" + std::to_string(asked.number("id"));
      try {
        std::cout << id + ",\"ok\":" + prover.answer(asked) + "}" << std::endl;
      } catch (const Refusal &refusal) {
        std::cout << id + ",\"error\":" + quote(refusal.what()) + "}" << std::endl;
      }
    }
  } catch (const std::exception &error) {
    std::cerr << error.what() << std::endl;
    return 1;
  }
}
