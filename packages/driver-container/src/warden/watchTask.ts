import { type Clock, type Logger, silentLogger } from '@hotaru/base'
import { sleep, systemClock } from '@hotaru/base/async'
import { inspectContainer, killContainer, waitForContainer } from '../engine/containers.ts'
import type { EngineAddress } from '../engine/Engine.ts'
import { measureDirectory } from './measureDirectory.ts'
import { type TaskRecord, taskRecords, type Verdict } from './TaskRecord.ts'

/** How often the disk is measured; a workload overshoots its quota by what it writes in this time. */
const lookEveryMs = 250

/** Measuring may take this share of the time at most, so that huge trees are measured more rarely. */
const measuringShare = 0.1

/** Watches one container until it has ended, and ends it when it is over its deadline or its quota. */
export async function watchTask(
  engine: EngineAddress,
  directory: string,
  record: TaskRecord,
  options: watchTask.Options = {},
): Promise<void> {
  const { clock = systemClock, logger = silentLogger } = options
  const ended = new AbortController()
  const end = async (verdict: Verdict) => {
    logger.info('workload ended by its limit', { taskId: record.taskId, verdict })
    await taskRecords.judge(directory, record.taskId, verdict)
    await killContainer(engine, record.containerId)
  }
  // Measured on the clock that cannot jump, from the wall clock as it is now.
  const dueMs = clock.monotonicMs() + record.deadlineUnixMs - clock.unixMs()
  const guard = async () => {
    while (!ended.signal.aborted) {
      if (clock.monotonicMs() >= dueMs) return end('deadline')
      const beganMs = clock.monotonicMs()
      const bytes = await measureDirectory(record.directory, record.diskBytes)
      if (bytes > record.diskBytes) return end('disk')
      const pauseMs = Math.max(lookEveryMs, (clock.monotonicMs() - beganMs) / measuringShare)
      const leftMs = Math.max(0, dueMs - clock.monotonicMs())
      await sleep(Math.min(pauseMs, leftMs), { signal: ended.signal, clock }).catch(() => {})
    }
  }
  try {
    // A container that was made and not yet started has not ended; after the deadline there is nothing left to watch.
    const made = (await inspectContainer(engine, record.containerId))?.State.Status === 'created'
    const condition = made ? 'next-exit' : 'not-running'
    await Promise.race([waitForContainer(engine, record.containerId, { condition, signal: ended.signal }), guard()])
  } finally {
    ended.abort()
  }
}

export declare namespace watchTask {
  type Options = { clock?: Clock | undefined; logger?: Logger | undefined }
}
