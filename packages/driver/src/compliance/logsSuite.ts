import { expect } from 'vitest'
import type { Suite } from './defineSuite.ts'
import { isPrinted, readOutput } from './readOutput.ts'
import type { Setting } from './runDriverCompliance.ts'

const counted = Array.from({ length: 100 }, (_, line) => `line ${line}\n`).join('')

/** What a driver keeps of a program's output, and how it is read. */
export function logsSuite({ bench, programs }: Setting): Suite {
  return {
    'follows the output until the end': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.count()))
      expect(await readOutput(driver, handle)).toBe(counted)
    },
    'does not follow when not asked': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.polite()))
      expect(await isPrinted(driver, handle, 'ready')).toBe(true)
      expect(await readOutput(driver, handle, { follow: false })).toBe('ready\n')
    },
    'goes on from any byte': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.count()))
      await driver.wait(handle)
      for (const stdout of [0, 1, 333, counted.length, counted.length + 10]) {
        expect(await readOutput(driver, handle, { fromByte: { stdout, stderr: 0 } })).toBe(counted.slice(stdout))
      }
    },
    'numbers every byte': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.count()))
      let next = 0
      for await (const { stream, atByte, bytes } of driver.logs(handle, { follow: true })) {
        if (stream === 'stderr') continue
        expect(atByte).toBe(next)
        next += bytes.length
      }
      expect(next).toBe(counted.length)
    },
    'stops following when the signal says so': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.polite()))
      expect(await isPrinted(driver, handle, 'ready')).toBe(true)
      const controller = new AbortController()
      const reading = readOutput(driver, handle, { signal: controller.signal })
      controller.abort('enough')
      await expect(reading).rejects.toBe('enough')
    },
    'keeps a flood of output within its bound, and lets the program end': async () => {
      const logLimitBytes = 2 ** 20
      const driver = bench().driver({ logLimitBytes })
      const handle = await bench().start(driver, await bench().task(programs.flood(8 * 2 ** 20)))
      expect(await driver.wait(handle)).toEqual({ code: 0, reason: 'exited' })
      const kept = await readOutput(driver, handle)
      expect(kept.length).toBeGreaterThan(logLimitBytes / 2)
      expect(kept.length).toBeLessThan(logLimitBytes + 256)
      expect(kept.slice(-256)).toContain('[hotaru: ')
    },
  }
}
