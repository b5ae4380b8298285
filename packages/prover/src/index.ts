export { createCpuBackend } from './cpu/createCpuBackend.ts'
export { createCpuChecker } from './cpu/createCpuChecker.ts'
