export { type Forgery, forgeTranscript } from './forgeTranscript.ts'
