import { createCipheriv, createHash } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import type { Hex } from '@hotaru/proof'

/** A file of bytes that follow from a nonce, and the reads of it that are asked for. */
export type DiskProbe = { nonce: Hex; sizeBytes: number; pickSeed: Hex; reads: number }

/** Bytes of one read, and of one block of the file. */
export const blockBytes = 4096

/** Writes the file of a nonce and flushes it; an older one is replaced. Sizes are cut to whole blocks. */
export async function writeProbe(path: string, { nonce, sizeBytes }: Pick<DiskProbe, 'nonce' | 'sizeBytes'>) {
  await rm(path, { force: true })
  const file = await open(path, 'wx', 0o600)
  try {
    const cipher = createCipheriv('aes-256-ctr', keyOf(nonce), counterOf(0))
    const zeros = new Uint8Array(pieceBytes)
    for (let left = wholeBlocks(sizeBytes) * blockBytes; left > 0; left -= pieceBytes)
      await file.write(cipher.update(zeros.subarray(0, Math.min(left, pieceBytes))))
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Reads the picked blocks of that file, one after the other: their hash. */
export async function readProbe(path: string, probe: DiskProbe): Promise<Hex> {
  const file = await open(path, 'r')
  try {
    return await hashBlocks(probe, (index) => readBlock(file, index))
  } finally {
    await file.close()
  }
}

/** The hash that an honest disk gives; made without one. */
export function expectProbe(probe: DiskProbe): Promise<Hex> {
  const zeros = new Uint8Array(blockBytes)
  return hashBlocks(probe, async (index) =>
    createCipheriv('aes-256-ctr', keyOf(probe.nonce), counterOf(index)).update(zeros),
  )
}

async function hashBlocks(probe: DiskProbe, blockAt: (index: number) => Promise<Uint8Array>): Promise<Hex> {
  const hash = createHash('sha256')
  for (const index of pickBlocks(probe)) hash.update(await blockAt(index))
  return `0x${hash.digest('hex')}`
}

/** Block k is bytes 0 to 5 of sha-256 of (pick seed ‖ k in 4 bytes) modulo how many there are. */
function* pickBlocks({ pickSeed, reads, sizeBytes }: DiskProbe): Generator<number> {
  for (let k = 0; k < reads; k++) {
    const at = Buffer.alloc(4)
    at.writeUInt32BE(k)
    yield createHash('sha256').update(keyOf(pickSeed)).update(at).digest().readUIntBE(0, 6) % wholeBlocks(sizeBytes)
  }
}

async function readBlock(file: FileHandle, index: number): Promise<Uint8Array> {
  const block = new Uint8Array(blockBytes)
  await file.read(block, 0, blockBytes, index * blockBytes)
  return block
}

const keyOf = (word: Hex) => Buffer.from(word.slice(2), 'hex')
const wholeBlocks = (sizeBytes: number) => Math.max(1, Math.floor(sizeBytes / blockBytes))

/** AES counts blocks of 16 bytes: 256 in one of ours. */
function counterOf(index: number): Buffer {
  const counter = Buffer.alloc(16)
  counter.writeBigUInt64BE(BigInt(index) * 256n, 8)
  return counter
}

const pieceBytes = 2 ** 20
