/** A picture as three bytes a pixel. */
export type Pixels = { width: number; height: number; rgb: Uint8Array }

/** Reads back a PNG of eight-bit RGB without interlacing, as `program/png.ts` writes them; for tests that look at pictures. */
export async function decodePng(file: Uint8Array<ArrayBuffer>): Promise<Pixels> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let width = 0
  let height = 0
  const data: Uint8Array<ArrayBuffer>[] = []
  for (let at = 8; at < file.length; at += view.getUint32(at) + 12) {
    const kind = new TextDecoder().decode(file.subarray(at + 4, at + 8))
    if (kind === 'IHDR') {
      width = view.getUint32(at + 8)
      height = view.getUint32(at + 12)
    }
    if (kind === 'IDAT') data.push(file.subarray(at + 8, at + 8 + view.getUint32(at)))
  }
  const inflated = new Blob(data).stream().pipeThrough(new DecompressionStream('deflate'))
  const rows = new Uint8Array(await new Response(inflated).arrayBuffer())
  return { width, height, rgb: unfilter(rows, width * 3, height) }
}

function unfilter(rows: Uint8Array, stride: number, height: number): Uint8Array {
  const bytes = new Uint8Array(stride * height)
  const at = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (bytes[y * stride + x] ?? 0))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < stride; x++) {
      const [left, up, corner] = [at(x - 3, y), at(x, y - 1), at(x - 3, y - 1)]
      const nearest = [left, up, corner].reduce((best, value) =>
        Math.abs(left + up - corner - value) < Math.abs(left + up - corner - best) ? value : best,
      )
      const prediction = [0, left, up, (left + up) >> 1, nearest][rows[y * (stride + 1)] ?? 0] ?? 0
      bytes[y * stride + x] = (rows[y * (stride + 1) + 1 + x] ?? 0) + prediction
    }
  return bytes
}
