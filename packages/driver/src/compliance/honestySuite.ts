import { createLogger, formatLogRecord } from '@hotaru/base'
import { expect } from 'vitest'
import type { Suite } from './defineSuite.ts'
import type { SandboxSetting } from './runSandboxSuite.ts'

/** What a driver says, and what it must keep to itself. */
export function honestySuite({ bench, programs }: SandboxSetting): Suite {
  return {
    'names the runtime by its content': async () => {
      const { details } = await bench().driver().fingerprint()
      expect(Object.values(details).join(' ')).toMatch(/sha256:[0-9a-f]{64}/)
    },
    'refuses a runtime that is too old': async () => {
      const found = await bench().driver({ version: '1.0.0' }).fingerprint()
      expect(found).toMatchObject({ healthy: false, devices: [] })
      expect(found.reason).toContain('"1.0.0"')
      expect(found.hint).not.toBeNull()
    },
    'says when a wall is missing': async () => {
      const whole = await bench().driver().fingerprint()
      const holed = await bench()
        .driver({ without: ['network'] })
        .fingerprint()
      expect(whole.tier).not.toBe('process')
      // It may refuse to work, or call itself weaker; it may not claim the same.
      expect(holed.healthy && holed.tier === whole.tier).toBe(false)
    },
    'keeps what a workload is told out of its log and its handle': async () => {
      const lines: string[] = []
      const log = createLogger((record) => lines.push(formatLogRecord(record, 0)))
      const driver = bench().driver({ log })
      const secret = 'canary-4f1d'
      const little = programs.hello()
      const { program } = little
      const told =
        program.driver === 'deno'
          ? { ...program, arguments: [secret] }
          : { ...program, command: [...program.command, secret] }
      const task = await bench().task({ ...little, program: told }, { files: { 'secret.txt': secret } })
      const handle = await bench().start(driver, task)
      await driver.wait(handle)
      await driver.recover(handle)
      await driver.remove(handle)
      expect(lines.length).toBeGreaterThan(0)
      expect(lines.join('\n')).not.toContain(secret)
      expect(JSON.stringify(handle)).not.toContain(secret)
    },
  }
}
