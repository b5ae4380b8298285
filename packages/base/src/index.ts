export { BaseError, exitCodes, type Fact, type Retry } from './BaseError.ts'
export { type Clock, createManualClock, type ManualClock } from './Clock.ts'
export { formatError } from './formatError.ts'
export {
  createLogger,
  formatLogRecord,
  type LogFields,
  type Logger,
  type LogRecord,
  silentLogger,
} from './Logger.ts'
