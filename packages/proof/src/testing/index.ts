export { createLiarBackend } from './createLiarBackend.ts'
export { createPacedBackend, type Device } from './createPacedBackend.ts'
export { type Forgery, forgeTranscript } from './forgeTranscript.ts'
