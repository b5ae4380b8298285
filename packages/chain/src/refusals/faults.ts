import type { Refusals } from './Refusals.ts'

/** Why a report of a fault, or what follows from one, is refused. */
export const faults: Refusals<'Faults'> = {}
