import type { Clock } from '@hotaru/base'
import type { Ledger } from '@hotaru/chain'
import type { Docket } from '../Docket.ts'
import { within } from '../within.ts'
import { hunt } from './hunt.ts'

/**
 * Hunts through everything that is due, one audit after the other. A machine that is away, at work or stalls is tried again
 * later, for as long as it can be proved anything.
 */
export async function huntThrough(ledger: Ledger, docket: Docket, options: huntThrough.Options): Promise<void> {
  const { huntMultiplyAdds: budget, signal, log } = options
  for (let auditId = docket.nextHunt(); auditId !== undefined && !signal.aborted; auditId = docket.nextHunt()) {
    const id = auditId
    docket.putOff(id)
    const work = (limited: AbortSignal) => hunt(ledger, id, { ...options, budget, signal: limited })
    try {
      await within(longestMs, work, { ...options, what: 'hunt through the transcript' })
      docket.hunted(id)
    } catch (error) {
      if (!signal.aborted) log.info('hunt put off', { auditId: id, error })
    }
  }
}

export declare namespace huntThrough {
  type Options = Omit<hunt.Options, 'budget' | 'signal'> & {
    /** Multiply-adds that one hunt may take. */
    huntMultiplyAdds: number
    signal: AbortSignal
    clock: Clock
  }
}

/** The default budget takes a processor some minutes. */
const longestMs = 15 * 60_000
