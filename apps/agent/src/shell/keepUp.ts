import type { Clock, Logger } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'

/** Something that is done again and again, on its own beat. */
export type Beat = { name: string; everyMs: number; run: () => Promise<void> }

/** Runs each beat until the signal; one that fails is logged and comes again, and none waits for another. */
export async function keepUp(beats: readonly Beat[], { clock, signal, log }: keepUp.Options): Promise<void> {
  await Promise.all(
    beats.map(async ({ name, everyMs, run }) => {
      while (!signal.aborted) {
        await run().catch((error: unknown) => log.warn('beat failed', { name, error }))
        await sleep(everyMs, { signal, clock }).catch(() => {})
      }
    }),
  )
}

export declare namespace keepUp {
  type Options = { clock: Clock; signal: AbortSignal; log: Logger }
}
