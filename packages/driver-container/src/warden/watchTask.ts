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

/** The longest an engine may take from being told to start a container until it can be killed. */
const longestStartMs = 30_000

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
    // The disk may be full, which is no reason to let the workload go on: it then counts as killed by an unknown hand.
    await taskRecords.judge(directory, record.taskId, verdict).catch((error) => logger.warn('verdict lost', { error }))
    // A container that is just being started cannot be killed yet: once is not enough.
    const giveUpMs = clock.monotonicMs() + longestStartMs
    while (!ended.signal.aborted && clock.monotonicMs() < giveUpMs) {
      await killContainer(engine, record.containerId).catch((error) => logger.warn('kill failed', { error }))
      await sleep(lookEveryMs, { signal: ended.signal, clock }).catch(() => {})
    }
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
  const hear = async () => {
    while (!ended.signal.aborted) {
      try {
        return await hearEnd(engine, record.containerId, ended.signal)
      } catch {
        // The engine is being restarted; its workloads live on, and so does their deadline.
        await sleep(lookEveryMs, { signal: ended.signal, clock }).catch(() => {})
      }
    }
  }
  try {
    await Promise.race([hear(), guard()])
  } finally {
    ended.abort()
  }
}

/** Resolves when the container has ended; one that was made and not yet started still has to. */
async function hearEnd(engine: EngineAddress, containerId: string, signal: AbortSignal): Promise<void> {
  const isMade = (await inspectContainer(engine, containerId))?.State.Status === 'created'
  await waitForContainer(engine, containerId, { condition: isMade ? 'next-exit' : 'not-running', signal })
}

export declare namespace watchTask {
  type Options = { clock?: Clock | undefined; logger?: Logger | undefined }
}
