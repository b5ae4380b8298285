export type { AcceptanceJob, AcceptancePart } from './AcceptanceJob.ts'
export { type Accepted, checkAcceptance } from './checkAcceptance.ts'
export { planAcceptance } from './planAcceptance.ts'
export { type Acceptance, InterruptedError, NoAnswerError, runAcceptance } from './runAcceptance.ts'
