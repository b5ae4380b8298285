export { createFakeDriver, type FakeDriver, type FakeMachine } from './createFakeDriver.ts'
export { defaultFakeBehaviour, type FakeBehaviour } from './FakeBehaviour.ts'
export { FakeWorkload } from './FakeWorkload.ts'
