/**
 * One segment of all lanes, one lane a thread: 64 steps from checkpoint `segment` to the next. The cells lie in
 * `buffers` buffers, each of 2 to the power of `shift` of them; `mask` is the number of cells less one.
 */
export function walkWgsl({ buffers }: { buffers: number }): string {
  const all = Array.from({ length: buffers }, (_, at) => at)
  return `
struct Params { lanes: u32, stride: u32, segment: u32, mask: u32, shift: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> checkpoints: array<vec2<u32>>;
${all.map((at) => `@group(0) @binding(${2 + at}) var<storage, read> cells${at}: array<vec4<u32>>;`).join('\n')}

fn half(index: u32, part: u32) -> vec4<u32> {
  let at = 2u * (index & ((1u << params.shift) - 1u)) + part;
  switch (index >> params.shift) {
${all
  .slice(1)
  .map((at) => `    case ${at}u: { return cells${at}[at]; }`)
  .join('\n')}
    default: { return cells0[at]; }
  }
}

fn mix(word: u32, c: vec4<u32>) -> u32 {
  return (((word ^ c.x) * 0x9e3779b1u + c.y) ^ c.z) * 0x9e3779b1u + c.w;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= params.lanes) { return; }
  let at = id.x * params.stride + params.segment;
  var position = checkpoints[at];
  for (var i = 0u; i < 64u; i++) {
    let index = position.x & params.mask;
    position = vec2<u32>(mix(position.y, half(index, 1u)), mix(position.x, half(index, 0u)));
  }
  checkpoints[at + 1u] = position;
}
`
}
