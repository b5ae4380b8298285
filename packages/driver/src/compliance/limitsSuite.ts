import { expect } from 'vitest'
import type { Suite } from './defineSuite.ts'
import { isPrinted, readOutput } from './readOutput.ts'
import type { Setting } from './runDriverCompliance.ts'

const mebibyte = 2 ** 20

/** What a task may use, and that its excess ends it and nobody else. */
export function limitsSuite({ bench, programs }: Setting): Suite {
  return {
    'ends one that takes twice its memory': async () => {
      const driver = bench().driver()
      const limits = { memoryBytes: 192 * mebibyte }
      const handle = await bench().start(driver, await bench().task(programs.takeMemory(384 * mebibyte), { limits }))
      expect((await driver.wait(handle)).reason).toBe('memory')
      expect(await readOutput(driver, handle)).not.toContain('took it all')
    },
    'lets one take half its memory': async () => {
      const driver = bench().driver()
      const limits = { memoryBytes: 512 * mebibyte }
      const handle = await bench().start(driver, await bench().task(programs.takeMemory(256 * mebibyte), { limits }))
      expect(await readOutput(driver, handle)).toContain('took it all')
      expect(await driver.wait(handle)).toEqual({ code: 0, reason: 'exited' })
    },
    'ends one that writes over its quota': async () => {
      const driver = bench().driver()
      const limits = { diskBytes: 32 * mebibyte }
      const task = await bench().task(programs.fillDisk(4096 * mebibyte), { limits })
      const handle = await bench().start(driver, task)
      expect((await driver.wait(handle)).reason).toBe('disk')
      expect(await readOutput(driver, handle)).not.toContain('wrote it all')
    },
    'allows no more processes than granted': async () => {
      const driver = bench().driver()
      const limits = { processes: 48 }
      const handle = await bench().start(driver, await bench().task(programs.multiply(200), { limits }))
      const all = isPrinted(driver, handle, 'started all')
      // Ended or refused, either is right; what counts is that there were never more.
      const most = await highestCount(all, () => driver.stats(handle).catch(() => undefined))
      expect(most).toBeLessThanOrEqual(48)
    },
  }
}

/** The most processes seen while `work` goes on, or 2 s at the longest for those that hang at their limit. */
async function highestCount(
  work: Promise<boolean>,
  measure: () => Promise<{ processes: number } | undefined>,
): Promise<number> {
  let ended = false
  void work.then((all) => {
    ended = !all
  })
  let most = 0
  const untilMs = Date.now() + 2_000
  while (!ended && Date.now() < untilMs) {
    const stats = await measure()
    most = Math.max(most, stats?.processes ?? 0)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return most
}
