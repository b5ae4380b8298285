import type { Exchange } from '@hotaru/link'
import { answerSchemas } from '@hotaru/protocol'
import { isBroken, type LeaseSession } from './LeaseSession.ts'

/** A file the workload left under `out/`, as the machine describes it. */
export type ResultFile = { path: string; sizeBytes: number; sha256: string }

/** Where results go; `createDirectoryStore` of `@hotaru/sdk/node` keeps them in a directory. */
export type ResultStore = {
  /** Keeps a file once its bytes have the promised hash; `openAt` gives them from any byte on. Answers where it is. */
  save(file: ResultFile, openAt: (fromByte: number) => Promise<ResultSource>): Promise<string>
}

/** The bytes of one result, as they come; undefined after the last. */
export type ResultSource = Pick<Exchange, 'readData'>

/** A broken link is dialled again this often for one file. */
const attempts = 5

/** Fetches all results of a lease into a store, each checked by its hash. Safe to repeat: what is there is not read again. */
export async function fetchResults(
  session: LeaseSession,
  store: ResultStore,
  options: fetchResults.Options = {},
): Promise<(ResultFile & { location: string })[]> {
  const { signal } = options
  const { files } = answerSchemas['lease.results'].parse(await session.ask({ verb: 'lease.results' }, { signal }))
  const saved = []
  for (const file of files) saved.push({ ...file, location: await saveOne(session, { store, file, signal }) })
  return saved
}

export declare namespace fetchResults {
  type Options = { signal?: AbortSignal | undefined }
}

type Saving = { store: ResultStore; file: ResultFile; signal: AbortSignal | undefined }

async function saveOne(session: LeaseSession, { store, file, signal }: Saving): Promise<string> {
  for (let count = 1; ; count++) {
    let exchange: Exchange | undefined
    try {
      return await store.save(file, async (fromByte) => {
        exchange = await session.open({ verb: 'lease.fetch', path: file.path, fromByte }, { signal })
        await exchange.closeSend()
        return exchange
      })
    } catch (error) {
      if (count >= attempts || signal?.aborted || !isBroken(error)) throw error
      session.disconnect()
    } finally {
      exchange?.abort()
    }
  }
}
