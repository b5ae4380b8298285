import { keccakWgsl } from './keccakWgsl.ts'

/** Where lanes begin: the first two words of keccak-256 of (key ‖ nonce ‖ lane in 4 bytes), as the first of `stride`. */
export const startWgsl = `${keccakWgsl()}
struct Params { key0: vec4<u32>, key1: vec4<u32>, nonce0: vec4<u32>, nonce1: vec4<u32>, lanes: u32, stride: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read_write> checkpoints: array<vec2<u32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= params.lanes) { return; }
  var s: State;
  s[0] = params.key0.xy;
  s[1] = params.key0.zw;
  s[2] = params.key1.xy;
  s[3] = params.key1.zw;
  s[4] = params.nonce0.xy;
  s[5] = params.nonce0.zw;
  s[6] = params.nonce1.xy;
  s[7] = params.nonce1.zw;
  s[8] = vec2<u32>(swapBytes(id.x), 1u);
  s[16] = vec2<u32>(0u, 0x80000000u);
  permute(&s);
  checkpoints[id.x * params.stride] = s[0];
}
`
