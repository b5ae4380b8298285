import type { Class, Machine } from '@hotaru/protocol'
import { judgeOffer } from '@hotaru/sdk'

/** A machine with a class, and what a lease of it takes. */
export type Chosen = { machine: Machine & { class: Class }; seconds: number; worstUsd: bigint }

/**
 * One machine by chance, of all that have a class in force, a free slot and a price within what is left; for the shortest lease
 * in which a visit is over. Undefined when there is none.
 */
export function chooseMachine(machines: readonly Machine[], options: chooseMachine.Options): Chosen | undefined {
  const { targetMs, leftUsd, nowSeconds, random } = options
  const neededSeconds = Math.ceil((visitTargets * targetMs) / 1000) + startSeconds
  const fitting = machines.flatMap((machine): Chosen[] => {
    if (!machine.class) return []
    const seconds = Math.max(machine.offer.minSeconds, neededSeconds)
    const isOffered = judgeOffer(machine, { minSeconds: seconds }, nowSeconds).every(({ fits }) => fits)
    const worstUsd = (machine.offer.usdPerSlotHour * BigInt(seconds)) / 3600n + 1n
    return isOffered && worstUsd <= leftUsd
      ? [{ machine: { ...machine, class: machine.class }, seconds, worstUsd }]
      : []
  })
  return fitting[Math.floor(random() * fitting.length)]
}

export declare namespace chooseMachine {
  type Options = {
    /** How long a sprint of the machine's class takes. */
    targetMs: number
    /** Millionths of a US dollar. */
    leftUsd: bigint
    nowSeconds: number
    random: () => number
  }
}

/** A machine of half its class takes twice as long for the sprint, its openings and the walk. */
const visitTargets = 8

/** To send and start the workload, and to fetch what it showed. */
const startSeconds = 60
