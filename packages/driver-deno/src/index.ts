export { createDenoDriver } from './createDenoDriver.ts'
export { type Deno, DenoNotFoundError, findDeno } from './findDeno.ts'
