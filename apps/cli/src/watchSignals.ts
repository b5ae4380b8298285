import { exitCodes } from '@hotaru/base'
import type { Terminal } from './Terminal.ts'

/** Signals that arrive closer together are one: a terminal sends them to parent and child, and the parent passes its own on. */
const togetherMs = 500

/**
 * Aborts on the first SIGINT, SIGTERM or SIGHUP, so that a command can end in order; a later one ends the process at
 * once.
 *
 * @param options.isAttached Takes the end of standard input for a signal: the program that started this one is gone.
 */
export function watchSignals(terminal: Terminal, { isAttached = false } = {}): AbortSignal {
  const controller = new AbortController()
  let firstMs: number | undefined
  const onSignal = () => {
    const nowMs = performance.now()
    if (firstMs !== undefined && nowMs - firstMs < togetherMs) return
    if (firstMs !== undefined) {
      terminal.note('interrupted again: not waiting; `hotaru lease list` shows leases that are still open')
      process.exit(exitCodes.interrupted)
    }
    firstMs = nowMs
    controller.abort(new DOMException('interrupted', 'AbortError'))
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)
  if (isAttached) {
    process.stdin.resume().once('end', onSignal)
    // To listen for its end must not keep a process alive that is done.
    process.stdin.unref()
  }
  return controller.signal
}
