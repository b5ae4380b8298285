export { createCpuBackend } from './cpu/createCpuBackend.ts'
