export { type ChainWorld, createChainWorld } from './createChainWorld.ts'
export { createFakeMachine, type FakeAgent } from './createFakeAgent.ts'
export type { FakeLedger } from './createFakeLedger.ts'
export { createFakeWorld, type FakeWorld } from './createFakeWorld.ts'
