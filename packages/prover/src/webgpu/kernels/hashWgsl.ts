import { keccakWgsl } from './keccakWgsl.ts'

/**
 * keccak-256 of (`prefix` ‖ `words` words) for `count` messages that lie one after the other, one a thread: leaves of a
 * product, leaves of lanes, and pairs of nodes alike. The byte in front moves every word up by one byte.
 */
export const hashWgsl = `${keccakWgsl()}
struct Params { first: u32, to: u32, count: u32, words: u32, prefix: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read> messages: array<u32>;
@group(0) @binding(3) var<storage, read_write> hashes: array<u32>;

fn messageWord(base: u32, at: u32) -> u32 {
  if (at > params.words) { return 0u; }
  var word = params.prefix;
  if (at > 0u) { word = messages[base + at - 1u] >> 24u; }
  if (at == params.words) { return word | 0x100u; }
  return word | (messages[base + at] << 8u);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= params.count) { return; }
  let base = (params.first + id.x) * params.words;
  let last = params.words / 34u;
  var s: State;
  for (var block = 0u; block <= last; block++) {
    let at = 34u * block;
${absorb()}
    if (block == last) { s[16].y ^= 0x80000000u; }
    permute(&s);
  }
  let to = (params.to + id.x) * 8u;
${squeeze()}
}
`

function absorb(): string {
  return Array.from(
    { length: 17 },
    (_, lane) =>
      `    s[${lane}] ^= vec2<u32>(messageWord(base, at + ${2 * lane}u), messageWord(base, at + ${2 * lane + 1}u));`,
  ).join('\n')
}

function squeeze(): string {
  return Array.from({ length: 8 }, (_, word) => {
    return `  hashes[to + ${word}u] = s[${word >> 1}].${word & 1 ? 'y' : 'x'};`
  }).join('\n')
}
