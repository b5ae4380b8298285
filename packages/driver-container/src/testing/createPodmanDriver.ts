import { driverFactory } from './driverFactory.ts'
import { podmanEngine } from './podmanEngine.ts'

/** The engine of the compliance suite, shared with the agent it kills. */
export const shared = await podmanEngine()

export const createDriver = driverFactory(shared)
