import { receiveFile } from '@hotaru/link/node'
import { RefusedWorkloadError } from '../../core/judgeManifest.ts'
import type { LeaseVerbHandler } from '../Verb.ts'

/** Receives one file of the manifest, whole and checked, or nothing of it. */
export const file: LeaseVerbHandler<'lease.file'> = async (request, exchange, { loop, finder, disk }) => {
  const { leaseId, sha256, sizeBytes } = request
  const lease = finder.confirmed(leaseId)
  const promised = lease.manifest?.files.find((one) => one.sha256 === sha256)
  const refuse = (reason: string, expected: string) => new RefusedWorkloadError({ leaseId, reason, expected })
  if (lease.step !== 'sending' || !lease.prepared) throw refuse(`the lease is "${lease.step}"`, 'it to await files')
  if (promised?.sizeBytes !== sizeBytes) throw refuse('the file is not in the manifest', 'one that it names')

  if (!lease.received.includes(sha256)) {
    await receiveFile(exchange, { to: disk.incomingPath(leaseId, sha256), sizeBytes, sha256 })
    await loop.dispatch({ type: 'fileReceived', leaseId, sha256 })
  }
  await exchange.sendReply({ type: 'ok' })
}
