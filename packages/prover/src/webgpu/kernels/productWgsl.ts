/** Rows and columns of the product that one workgroup makes, and threads along each side of it. */
const tile = 128
const side = 16
const each = tile / side

/** Words of each row that lie in workgroup memory at a time: 8 KiB for both factors, half of what every GPU has. */
const depth = 8

/** How many rows and columns of a product one workgroup makes. */
export const productTile = tile

/**
 * A band of a product: `rows` rows of the left factor by `columns` rows of the right one, from `first` of its buffer on.
 * Each workgroup makes 128 × 128 entries, each thread 8 × 8 of them in registers. What is stored is big-endian, as
 * leaves are.
 *
 * @param options.dot Whether the language has `dot4U8Packed`; without it four products are made by hand.
 */
export function productWgsl({ dot }: { dot: boolean }): string {
  return `
struct Params { n: u32, rows: u32, columns: u32, first: u32, column: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> left: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read> right: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read_write> product: array<u32>;

var<workgroup> leftTile: array<u32, ${depth * (tile + 1)}>;
var<workgroup> rightTile: array<u32, ${depth * (tile + 1)}>;

${dot ? withDot : byHand}

@compute @workgroup_size(${side}, ${side})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) thread: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  let quads = params.n / 16u;
  let loadRow = index / 2u;
  let quad = index % 2u;
  let loadLeft = group.y * ${tile}u + loadRow;
  let loadRight = group.x * ${tile}u + loadRow;
  let to = quad * ${4 * (tile + 1)}u + loadRow;
${grid((i, j) => `  var c${i}_${j} = 0u;`)}
  for (var k = 0u; k < quads; k += 2u) {
    var a = vec4<u32>();
    var b = vec4<u32>();
    if (loadLeft < params.rows && k + quad < quads) { a = left[loadLeft * quads + k + quad]; }
    if (loadRight < params.columns && k + quad < quads) { b = right[(params.first + loadRight) * quads + k + quad]; }
${[0, 1, 2, 3].map((word) => `    leftTile[to + ${word * (tile + 1)}u] = a[${word}]; rightTile[to + ${word * (tile + 1)}u] = b[${word}];`).join('\n')}
    workgroupBarrier();
    for (var word = 0u; word < ${depth}u; word++) {
      let fromLeft = word * ${tile + 1}u + thread.y;
      let fromRight = word * ${tile + 1}u + thread.x;
${line((i) => `      let a${i} = leftTile[fromLeft + ${side * i}u]; let b${i} = rightTile[fromRight + ${side * i}u];`)}
${grid((i, j) => `      c${i}_${j} += dotBytes(a${i}, b${j});`)}
    }
    workgroupBarrier();
  }
  let row = group.y * ${tile}u + thread.y;
  let column = group.x * ${tile}u + thread.x;
${grid((i, j) => `  store(row + ${side * i}u, column + ${side * j}u, c${i}_${j});`)}
}

fn store(row: u32, column: u32, entry: u32) {
  if (row >= params.rows || column >= params.columns) { return; }
  let swapped = (entry << 24u) | ((entry & 0xff00u) << 8u) | ((entry >> 8u) & 0xff00u) | (entry >> 24u);
  product[row * params.n + params.column + column] = swapped;
}
`
}

const withDot = 'fn dotBytes(a: u32, b: u32) -> u32 { return dot4U8Packed(a, b); }'

const byHand = `fn dotBytes(a: u32, b: u32) -> u32 {
  return (a & 0xffu) * (b & 0xffu) + ((a >> 8u) & 0xffu) * ((b >> 8u) & 0xffu)
    + ((a >> 16u) & 0xffu) * ((b >> 16u) & 0xffu) + (a >> 24u) * (b >> 24u);
}`

function line(write: (i: number) => string): string {
  return Array.from({ length: each }, (_, i) => write(i)).join('\n')
}

function grid(write: (i: number, j: number) => string): string {
  return line((i) => Array.from({ length: each }, (_, j) => write(i, j)).join('\n'))
}
