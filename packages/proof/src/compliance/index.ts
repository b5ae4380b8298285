export { runBackendCompliance } from './runBackendCompliance.ts'
