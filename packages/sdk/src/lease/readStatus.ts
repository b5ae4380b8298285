import { answerSchemas, type Exit, type WorkState } from '@hotaru/protocol'
import type { LeaseSession } from './LeaseSession.ts'

/** Where a workload stands on its machine. */
export type LeaseStatus = { state: WorkState; exit: Exit | null; reason: string | null }

/** Asks the machine how far the workload is; what it says about money counts nothing, the ledger does. */
export async function readStatus(session: LeaseSession, options: readStatus.Options = {}): Promise<LeaseStatus> {
  return answerSchemas['lease.status'].parse(await session.ask({ verb: 'lease.status' }, options))
}

export declare namespace readStatus {
  type Options = { signal?: AbortSignal | undefined }
}
