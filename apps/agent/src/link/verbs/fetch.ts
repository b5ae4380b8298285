import { openResult } from '../../disk/openResult.ts'
import type { LeaseVerbHandler } from '../Verb.ts'

/** Sends one result from a byte on, as much as it holds now. */
export const fetch: LeaseVerbHandler<'lease.fetch'> = async (request, exchange, { finder, disk }) => {
  const { leaseId, path, fromByte } = request
  finder.confirmed(leaseId)
  const { file, sizeBytes } = await openResult(disk.directoryOf(leaseId), path)
  try {
    const buffer = new Uint8Array(chunkBytes)
    for (let at = fromByte; at < sizeBytes; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(chunkBytes, sizeBytes - at), at)
      if (bytesRead === 0) break
      await exchange.sendData(buffer.subarray(0, bytesRead))
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}

/** One read of the file at a time is in memory. */
const chunkBytes = 128 * 2 ** 10
