import type { Effect } from '../Effect.ts'
import type { LeaseWork, Settings, State } from '../State.ts'

/** What a step may look at besides its lease. */
export type Context = { state: State; settings: Settings; nowMs: number }

/** Where a lease goes from here, and everything that should be under way for it now. */
export type Move = { lease: LeaseWork; wants: readonly Effect[] }

/**
 * One step of a lease's life: looks at what is so and says what should be under way.
 *
 * It never says "now do": asked again after a crash, or a hundred times, it wants the same. What is already under way
 * or backing off is left out by `reduce`.
 */
export type Step = (lease: LeaseWork, context: Context) => Move
