import { sleep } from '@hotaru/base/async'

/** Looks every `everyMs` until there is something, and returns it. Rejects when `signal` is aborted. */
export async function until<T>(
  look: () => Promise<T | undefined>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await sleep(everyMs, { signal })
  }
}
