/** Values that belong to one log line; units are in the keys (`durationMs`). Never secrets. */
export type LogFields = Readonly<Record<string, unknown>>

/**
 * Where libraries write what happened. The message is a constant, lower-case sentence; values go into fields.
 *
 * @example
 * log.info('lease started', { leaseId: 7n, durationMs: 312 })
 */
export type Logger = {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** The same logger with `fields` on every line. */
  child(fields: LogFields): Logger
}

/** One line of the log. */
export type LogRecord = { level: 'debug' | 'info' | 'warn' | 'error'; message: string; fields: LogFields }

/** Makes a logger out of one function that takes each record. */
export function createLogger(write: (record: LogRecord) => void, fields: LogFields = {}): Logger {
  const at =
    (level: LogRecord['level']) =>
    (message: string, more: LogFields = {}) =>
      write({ level, message, fields: { ...fields, ...more } })
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (more) => createLogger(write, { ...fields, ...more }),
  }
}

/** The default of every library: says nothing. */
export const silentLogger: Logger = createLogger(() => {})

/** One record as one line of JSON; bigints become decimal strings, errors their message. */
export function formatLogRecord(record: LogRecord, unixMs: number): string {
  const { level, message, fields } = record
  return JSON.stringify({ time: new Date(unixMs).toISOString(), level, message, ...fields }, (_key, value) => {
    if (typeof value === 'bigint') return value.toString()
    if (value instanceof Error) return value.message
    return value
  })
}
