import { keccakWgsl } from './keccakWgsl.ts'

/**
 * Makes cells, or makes those that are there deeper: `hashes` hashes a thread, from (key ‖ index in 8 bytes) where
 * `begin` is 1, else from the cell as it lies. Indices are below 2³².
 */
export const fillWgsl = `${keccakWgsl()}
struct Params { key0: vec4<u32>, key1: vec4<u32>, base: u32, first: u32, count: u32, hashes: u32, begin: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read_write> cells: array<vec4<u32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= params.count) { return; }
  let at = params.first + id.x;
  var low = cells[2u * at];
  var high = cells[2u * at + 1u];
  var tail = vec2<u32>(1u, 0u);
  var after = vec2<u32>();
  if (params.begin == 1u) {
    low = params.key0;
    high = params.key1;
    tail = vec2<u32>(0u, swapBytes(params.base + at));
    after = vec2<u32>(1u, 0u);
  }
  for (var i = 0u; i < params.hashes; i++) {
    var s = State();
    s[0] = low.xy;
    s[1] = low.zw;
    s[2] = high.xy;
    s[3] = high.zw;
    s[4] = tail;
    s[5] = after;
    s[16] = vec2<u32>(0u, 0x80000000u);
    permute(&s);
    low = vec4<u32>(s[0], s[1]);
    high = vec4<u32>(s[2], s[3]);
    tail = vec2<u32>(1u, 0u);
    after = vec2<u32>();
  }
  cells[2u * at] = low;
  cells[2u * at + 1u] = high;
}
`
