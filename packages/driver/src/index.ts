export type {
  Device,
  DeviceCheck,
  Driver,
  Exec,
  ExecOptions,
  Fingerprint,
  Handle,
  LogChunk,
  LogOptions,
  Stats,
  Task,
  TaskLimits,
} from './Driver.ts'
export { NotRunningError, StartError } from './errors.ts'
export type { Wall } from './Wall.ts'
