import type { State } from './State.ts'

/**
 * Whether the machine may be examined: never beside a lease that has been paid for, as an exam takes all of the machine. Its
 * class holds for weeks, so an exam can wait for the end of a lease.
 */
export function mayExamine({ leases }: State): boolean {
  return !Object.values(leases).some(({ step }) => busySteps.has(step))
}

const busySteps: ReadonlySet<string> = new Set(['confirmed', 'sending', 'starting', 'running'])
