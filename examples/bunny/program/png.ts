/** First bytes of every PNG (ISO/IEC 15948, 5.2). */
const signature = [137, 80, 78, 71, 13, 10, 26, 10]
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/**
 * Writes a picture of three bytes a pixel (sRGB, rows from the top) as a PNG file.
 *
 * Every row takes the Paeth filter: within a few percent of the best of five for a rendered picture, in a fifth of the time.
 */
export async function encodePng(
  width: number,
  height: number,
  rgb: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([8, 2], 8)
  const packed = new Blob([filterRows(width, height, rgb)]).stream().pipeThrough(new CompressionStream('deflate'))
  const data = new Uint8Array(await new Response(packed).arrayBuffer())
  const parts = [
    Uint8Array.from(signature),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

function filterRows(width: number, height: number, rgb: Uint8Array): Uint8Array<ArrayBuffer> {
  const stride = width * 3
  const rows = new Uint8Array((stride + 1) * height)
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1)
    rows[start] = paethFilter
    for (let index = 0; index < stride; index++) {
      const at = y * stride + index
      const left = index < 3 ? 0 : (rgb[at - 3] as number)
      const up = y === 0 ? 0 : (rgb[at - stride] as number)
      const corner = index < 3 || y === 0 ? 0 : (rgb[at - stride - 3] as number)
      rows[start + 1 + index] = (rgb[at] as number) - paeth(left, up, corner)
    }
  }
  return rows
}

/** Number 4 of the specification (9.2). */
const paethFilter = 4

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner)
  const toUp = Math.abs(left - corner)
  const toCorner = Math.abs(left + up - 2 * corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

function chunk(kind: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(kind), 4)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, crc(bytes.subarray(4, data.length + 8)))
  return bytes
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 255] ?? 0) ^ (value >>> 8)
  return ~value >>> 0
}
