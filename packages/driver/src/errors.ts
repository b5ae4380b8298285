import { BaseError, type Fact } from '@hotaru/base'

export class StartError extends BaseError {
  override readonly name = 'Driver.StartError'

  constructor({ driver, reason, hint, facts, cause }: StartError.Values) {
    super(`Cannot start the workload: ${reason}, expected driver "${driver}" to run it`, {
      facts: { driver, ...facts },
      hint,
      retry: 'elsewhere',
      cause,
    })
  }
}

export declare namespace StartError {
  type Values = {
    driver: string
    reason: string
    hint?: string | undefined
    facts?: Record<string, Fact> | undefined
    cause?: unknown
  }
}

export class NotRunningError extends BaseError {
  override readonly name = 'Driver.NotRunningError'

  constructor({ taskId, what }: { taskId: string; what: string }) {
    super(`Cannot ${what}: the workload is not running, expected it to run`, { facts: { taskId } })
  }
}
