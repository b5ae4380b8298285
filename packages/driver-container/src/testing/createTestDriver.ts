import { driverFactory } from './driverFactory.ts'
import { testEngine } from './testEngine.ts'

/** The engine of the compliance suite, shared with the agent it kills. */
export const shared = await testEngine('compliance')

export const createDriver = driverFactory(shared)
