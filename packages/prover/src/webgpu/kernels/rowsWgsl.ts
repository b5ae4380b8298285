import { keccakWgsl } from './keccakWgsl.ts'

/**
 * Rows of a round's matrix: one hash a thread, 32 entries of 7 bits each, four to a word. The message of 41 bytes is
 * state ‖ side ‖ row ‖ block, and its padding begins right behind it.
 */
export const rowsWgsl = `${keccakWgsl()}
struct Params { state0: vec4<u32>, state1: vec4<u32>, side: u32, firstRow: u32, first: u32, count: u32, n: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read_write> rows: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= params.count) { return; }
  let at = params.first + id.x;
  let blocks = max(params.n / 32u, 1u);
  let row = swapBytes(params.firstRow + at / blocks);
  let block = swapBytes(at % blocks);
  var s: State;
  s[0] = params.state0.xy;
  s[1] = params.state0.zw;
  s[2] = params.state1.xy;
  s[3] = params.state1.zw;
  s[4] = vec2<u32>(params.side | (row << 8u), (row >> 24u) | (block << 8u));
  s[5] = vec2<u32>((block >> 24u) | 0x100u, 0u);
  s[16] = vec2<u32>(0u, 0x80000000u);
  permute(&s);
  let words = min(params.n / 4u, 8u);
  let to = at * words;
${[0, 1].map(writeLane).join('')}
  if (words == 8u) {${[2, 3].map(writeLane).join('')} }
}
`

function writeLane(lane: number): string {
  return ['x', 'y'].map((part, word) => ` rows[to + ${2 * lane + word}u] = s[${lane}].${part} & 0x7f7f7f7fu;`).join('')
}
