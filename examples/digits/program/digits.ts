/** Side of an image in pixels, and pixels of an image. */
export const side = 28
export const pixels = side * side

/** Handwritten digits: a label each, and `pixels` bytes each, 0 for paper and 255 for ink. */
export type Digits = { labels: Uint8Array<ArrayBuffer>; images: Uint8Array<ArrayBuffer> }

/** What a network learns from, and what it is judged by: no image is in both. */
export type Split = { train: Digits; heldOut: Digits }

/** First word of a file of digits: "HDIG" read as little-endian. */
const magic = 0x47494448
const headerBytes = 12

/** Writes digits as bytes: three words (magic, to train, held out), then the labels and the images of both. */
export function encodeDigits({ train, heldOut }: Split): Uint8Array<ArrayBuffer> {
  const count = train.labels.length + heldOut.labels.length
  const bytes = new Uint8Array(headerBytes + count * (1 + pixels))
  new Uint32Array(bytes.buffer, 0, 3).set([magic, train.labels.length, heldOut.labels.length])
  const view = viewSplit(bytes, train.labels.length, heldOut.labels.length)
  view.train.labels.set(train.labels)
  view.train.images.set(train.images)
  view.heldOut.labels.set(heldOut.labels)
  view.heldOut.images.set(heldOut.images)
  return bytes
}

/**
 * Reads what `encodeDigits` wrote.
 *
 * @throws DigitsError when the bytes are no digits, or fewer than their header says.
 */
export function decodeDigits(bytes: Uint8Array<ArrayBuffer>): Split {
  if (bytes.length < headerBytes) throw new DigitsError(`it has ${bytes.length} bytes, expected at least 12`)
  const header = new DataView(bytes.buffer, bytes.byteOffset, headerBytes)
  if (header.getUint32(0, true) !== magic) throw new DigitsError('its first word is unknown, expected "HDIG"')
  const [train, heldOut] = [header.getUint32(4, true), header.getUint32(8, true)]
  const expected = headerBytes + (train + heldOut) * (1 + pixels)
  if (bytes.length !== expected) throw new DigitsError(`it has ${bytes.length} bytes, expected ${expected}`)
  return viewSplit(bytes, train, heldOut)
}

function viewSplit(bytes: Uint8Array<ArrayBuffer>, train: number, heldOut: number): Split {
  const second = headerBytes + train * (1 + pixels)
  return { train: viewDigits(bytes, headerBytes, train), heldOut: viewDigits(bytes, second, heldOut) }
}

function viewDigits(bytes: Uint8Array<ArrayBuffer>, start: number, count: number): Digits {
  return {
    labels: bytes.subarray(start, start + count),
    images: bytes.subarray(start + count, start + count * (1 + pixels)),
  }
}

/** Thrown when a file of digits is not what it says. */
export class DigitsError extends Error {
  override readonly name = 'Digits.DigitsError'
  constructor(reason: string) {
    super(`Cannot read the digits: ${reason}`)
  }
}
