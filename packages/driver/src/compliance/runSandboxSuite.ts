import { afterAll, beforeAll } from 'vitest'
import type { Wall } from '../Wall.ts'
import { Bench } from './Bench.ts'
import type { DriverFactory } from './DriverFactory.ts'
import { defineSuite } from './defineSuite.ts'
import { escapeSuite } from './escapeSuite.ts'
import { excessSuite } from './excessSuite.ts'
import { honestySuite } from './honestySuite.ts'
import type { SandboxPrograms } from './SandboxPrograms.ts'

/** What a probe tries to get at, or a limit that it tries to break. */
export type Probe = 'files' | 'links' | 'privileges' | 'syscalls' | 'network' | 'names' | 'environment'

/** Which walls hold a probe back; each of them must hold it alone, and it must get through without all of them. */
export type Layers = {
  walls: readonly Wall[]
  /** Walls that are always left out, because they would keep the probe from looking at all. */
  blindfolds?: readonly Wall[] | undefined
}

/** What each group of tests is given. */
export type SandboxSetting = {
  bench: () => Bench
  programs: SandboxPrograms
  layers: Readonly<Record<Probe, Layers>>
}

/**
 * Declares the tests of a driver's walls. Every probe is also run with its wall taken away, and must then get
 * through: a wall that is not seen to fall when it is gone has not been tested.
 */
export function runSandboxSuite(options: runSandboxSuite.Options): void {
  const { name, createDriver, programs, layers, ...suiteOptions } = options
  let opened: Bench | undefined
  const bench = () => {
    if (!opened) throw new Error('the bench is open only while tests run')
    return opened
  }
  if (suiteOptions.unavailable == null) {
    beforeAll(async () => {
      opened = await Bench.open(createDriver)
      await opened.driver().fingerprint()
    }, 120_000)
    afterAll(() => opened?.close(), 60_000)
  }
  const setting: SandboxSetting = { bench, programs, layers }
  const skipFor = (suite: object) => ({
    ...suiteOptions,
    skip: (suiteOptions.skip ?? []).map(({ reason, tests }) => ({
      reason,
      tests: tests.filter((title) => title in suite || !titles.has(title)),
    })),
  })
  const escapes = escapeSuite(setting)
  const excesses = excessSuite(setting)
  const honesty = honestySuite(setting)
  const titles = new Set([escapes, excesses, honesty].flatMap((suite) => Object.keys(suite)))
  defineSuite(`walls of ${name}`, { ...escapes }, skipFor(escapes))
  defineSuite(`limits of ${name}`, { ...excesses }, { ...skipFor(excesses), concurrent: false })
  defineSuite(`honesty of ${name}`, { ...honesty }, skipFor(honesty))
}

export declare namespace runSandboxSuite {
  type Options = Omit<defineSuite.Options, 'concurrent'> & {
    name: string
    createDriver: DriverFactory
    programs: SandboxPrograms
    layers: Readonly<Record<Probe, Layers>>
  }
}
