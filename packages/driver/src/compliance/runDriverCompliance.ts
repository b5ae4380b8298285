import { afterAll, beforeAll } from 'vitest'
import { Bench } from './Bench.ts'
import type { DriverFactory } from './DriverFactory.ts'
import { defineSuite } from './defineSuite.ts'
import { lifecycleSuite } from './lifecycleSuite.ts'
import { limitsSuite } from './limitsSuite.ts'
import { logsSuite } from './logsSuite.ts'
import type { CompliancePrograms } from './Programs.ts'
import { survivalSuite } from './survivalSuite.ts'

/** What each group of tests is given. */
export type Setting = {
  bench: () => Bench
  programs: CompliancePrograms
  module: URL | undefined
}

/**
 * Declares the tests that every driver passes, in a test file of the driver's own package.
 *
 * @example
 * runDriverCompliance({ name: 'deno', createDriver, module: new URL('./createTestDriver.ts', import.meta.url), programs })
 */
export function runDriverCompliance(options: runDriverCompliance.Options): void {
  const { name, createDriver, programs, module, ...suiteOptions } = options
  let opened: Bench | undefined
  const bench = () => {
    if (!opened) throw new Error('the bench is open only while tests run')
    return opened
  }
  if (suiteOptions.unavailable == null) {
    beforeAll(async () => {
      opened = await Bench.open(createDriver)
      // Once before all, so that what a first look builds (images, runtimes) is not built by thirty tests at once.
      await opened.driver().fingerprint()
    }, 120_000)
    afterAll(() => opened?.close(), 60_000)
  }
  const setting: Setting = { bench, programs, module }
  const suite = {
    ...lifecycleSuite(setting),
    ...logsSuite(setting),
    ...survivalSuite(setting),
    ...limitsSuite(setting),
  }
  defineSuite(`driver ${name}`, suite, suiteOptions)
}

export declare namespace runDriverCompliance {
  type Options = defineSuite.Options & {
    name: string
    createDriver: DriverFactory
    programs: CompliancePrograms
    /** Module that exports the same factory as `createDriver`, for an agent in a process that is killed. */
    module?: URL | undefined
  }
}
