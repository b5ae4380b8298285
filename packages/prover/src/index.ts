export { type ChildBackend, createChildBackend } from './child/createChildBackend.ts'
export { ChildEndedError, ChildNonsenseError, ChildRefusedError } from './child/startChild.ts'
export { createDenoBackend } from './deno/createDenoBackend.ts'
