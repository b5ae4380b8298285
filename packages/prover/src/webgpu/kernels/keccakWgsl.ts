/**
 * Keccak-f[1600] in WGSL, over 25 lanes of two 32-bit words each, low word first. Every lane has a constant index, so
 * that compilers keep the state in registers. Binding 1 is `roundConstants`.
 */
export function keccakWgsl(): string {
  return `
alias State = array<vec2<u32>, 25>;
@group(0) @binding(1) var<uniform> rounds: array<vec4<u32>, 12>;

fn keccakRound(s: ptr<function, State>, constant: vec2<u32>) {
${theta()}
${rhoAndPi()}
${chi()}
  (*s)[0] ^= constant;
}

fn permute(s: ptr<function, State>) {
  for (var i = 0u; i < 12u; i++) {
    keccakRound(s, rounds[i].xy);
    keccakRound(s, rounds[i].zw);
  }
}

fn swapBytes(word: u32) -> u32 {
  return (word << 24u) | ((word & 0xff00u) << 8u) | ((word >> 8u) & 0xff00u) | (word >> 24u);
}
`
}

/** The 24 round constants of FIPS 202, §3.2.5, low word first. */
export const roundConstants = Uint32Array.of(
  ...[0x00000001, 0, 0x00008082, 0, 0x0000808a, 0x80000000, 0x80008000, 0x80000000, 0x0000808b, 0, 0x80000001, 0],
  ...[0x80008081, 0x80000000, 0x00008009, 0x80000000, 0x0000008a, 0, 0x00000088, 0, 0x80008009, 0, 0x8000000a, 0],
  ...[0x8000808b, 0, 0x0000008b, 0x80000000, 0x00008089, 0x80000000, 0x00008003, 0x80000000, 0x00008002, 0x80000000],
  ...[0x00000080, 0x80000000, 0x0000800a, 0, 0x8000000a, 0x80000000, 0x80008081, 0x80000000, 0x00008080, 0x80000000],
  ...[0x80000001, 0, 0x80008008, 0x80000000],
)

function theta(): string {
  const columns = five.map((x) => `  let c${x} = ${five.map((y) => `(*s)[${x + 5 * y}]`).join(' ^ ')};`)
  const mixed = five.map((x) => `  let d${x} = c${(x + 4) % 5} ^ ${turn(`c${(x + 1) % 5}`, 1)};`)
  return [...columns, ...mixed].join('\n')
}

function rhoAndPi(): string {
  return lanes
    .flatMap(({ x, y }) => [
      `  let t${x + 5 * y} = (*s)[${x + 5 * y}] ^ d${x};`,
      `  let b${y + 5 * ((2 * x + 3 * y) % 5)} = ${turn(`t${x + 5 * y}`, offsets[x + 5 * y] as number)};`,
    ])
    .join('\n')
}

function chi(): string {
  return lanes
    .map(({ x, y }) => {
      const [one, next, afterNext] = [x, x + 1, x + 2].map((column) => `b${(column % 5) + 5 * y}`)
      return `  (*s)[${x + 5 * y}] = ${one} ^ (~${next} & ${afterNext});`
    })
    .join('\n')
}

/** A lane turned to the left by a constant. */
function turn(lane: string, by: number): string {
  if (by === 0) return lane
  const [low, high] = by < 32 ? [lane, `${lane}.yx`] : [`${lane}.yx`, lane]
  return `((${low} << vec2<u32>(${by % 32}u)) | (${high} >> vec2<u32>(${32 - (by % 32)}u)))`
}

const five = [0, 1, 2, 3, 4]
const lanes = five.flatMap((y) => five.map((x) => ({ x, y })))

/** How far rho turns lane x + 5 · y: FIPS 202, §3.2.2. */
const offsets = [0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14]
