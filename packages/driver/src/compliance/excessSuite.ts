import { expect } from 'vitest'
import type { Wall } from '../Wall.ts'
import type { Bench } from './Bench.ts'
import type { Suite } from './defineSuite.ts'
import type { LittleProgram } from './Programs.ts'
import { isPrinted, readOutput } from './readOutput.ts'
import type { SandboxSetting } from './runSandboxSuite.ts'
import { startHeartbeat } from './startHeartbeat.ts'

const mebibyte = 2 ** 20
/** The longest that a neighbour on the same machine may be kept from his work. */
const jitterMs = 2_000

/** Programs that want more than their share: they alone end, and the neighbour hardly notices. */
export function excessSuite({ bench, programs }: SandboxSetting): Suite {
  const memory = { limits: { memoryBytes: 192 * mebibyte } }
  const disk = { limits: { diskBytes: 16 * mebibyte } }
  const processes = { limits: { processes: 28, memoryBytes: 1024 * mebibyte } }
  const takeMemory = () => programs.takeMemory(384 * mebibyte)
  const fillDisk = () => programs.fillDisk(64 * mebibyte)
  return {
    'memory: held, and the neighbour works on': async () => {
      const heartbeat = startHeartbeat()
      expect((await end(bench(), takeMemory(), memory)).reason).toBe('memory')
      expect(heartbeat.stop()).toBeLessThan(jitterMs)
    },
    'memory: through when "memory" is gone': async () => {
      expect(await end(bench(), takeMemory(), memory, ['memory'])).toMatchObject({ code: 0, printed: 'took it all\n' })
    },
    'disk: held, and the neighbour works on': async () => {
      const heartbeat = startHeartbeat()
      expect((await end(bench(), fillDisk(), disk)).reason).toBe('disk')
      expect(heartbeat.stop()).toBeLessThan(jitterMs)
    },
    'disk: through when "disk" is gone': async () => {
      expect(await end(bench(), fillDisk(), disk, ['disk'])).toMatchObject({ code: 0, printed: 'wrote it all\n' })
    },
    'processes: held, and the neighbour works on': async () => {
      const heartbeat = startHeartbeat()
      expect(await isAllStarted(bench(), programs.multiply(40), processes, [])).toBe(false)
      expect(heartbeat.stop()).toBeLessThan(jitterMs)
    },
    'processes: through when "processes" is gone': async () => {
      expect(await isAllStarted(bench(), programs.multiply(40), processes, ['processes'])).toBe(true)
    },
    'deadline: held': async () => {
      expect((await end(bench(), programs.spin(), { deadlineMs: 1_500 })).reason).toBe('deadline')
    },
    'deadline: through when "deadline" is gone': async () => {
      const driver = bench().driver({ without: ['deadline'] })
      const task = await bench().task(programs.spin(), { deadlineMs: 500 })
      const handle = await bench().start(driver, task)
      const late = AbortSignal.timeout(task.deadlineUnixMs - Date.now() + 2_500)
      await expect(driver.wait(handle, { signal: late })).rejects.toHaveProperty('name', 'TimeoutError')
      expect(await driver.recover(handle)).toBe('running')
    },
  }
}

async function end(bench: Bench, program: LittleProgram, options: Bench.TaskOptions, without: readonly Wall[] = []) {
  const driver = bench.driver({ without })
  const handle = await bench.start(driver, await bench.task(program, options))
  const exit = await driver.wait(handle)
  return { ...exit, printed: await readOutput(driver, handle) }
}

/** Whether a program that multiplies got all it wanted. One that hangs at its limit did not, after some seconds. */
async function isAllStarted(
  bench: Bench,
  program: LittleProgram,
  options: Bench.TaskOptions,
  without: readonly Wall[],
): Promise<boolean> {
  const driver = bench.driver({ without })
  const handle = await bench.start(driver, await bench.task(program, { ...options, deadlineMs: 12_000 }))
  const started = await isPrinted(driver, handle, 'started all')
  await driver.stop(handle, { graceMs: 0 })
  return started
}
