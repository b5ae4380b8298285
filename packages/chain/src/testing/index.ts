export { createTestLedger, type TestLedger } from './createTestLedger.ts'
export { testParameters } from './testParameters.ts'
