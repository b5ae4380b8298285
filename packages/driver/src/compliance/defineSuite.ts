import { describe, test } from 'vitest'

/** Tests of one suite by name, so that a skip can be checked against what exists. */
export type Suite = Readonly<Record<string, () => Promise<void>>>

/**
 * Turns a table of tests into Vitest tests: those in `skip` are named as skipped with their reason.
 *
 * Where `unavailable` says why none can run, the whole suite is skipped; with `CI=true` it fails instead, so that no
 * wall goes untested in silence.
 */
export function defineSuite(name: string, suite: Suite, options: defineSuite.Options = {}): void {
  const { skip = [], unavailable = null, timeoutMs = 30_000, concurrent = true } = options
  const reasons = new Map(skip.flatMap(({ reason, tests }) => tests.map((title) => [title, reason] as const)))
  const unknown = [...reasons.keys()].filter((title) => !(title in suite))
  if (unavailable !== null && process.env.CI === 'true') {
    test(`${name} can run here`, () => {
      throw new Error(`Cannot run the suite "${name}": ${unavailable}, expected CI to have what it needs`)
    })
    return
  }
  describe(name, { concurrent }, () => {
    test('skips only tests that exist', ({ expect }) => expect(unknown).toEqual([]))
    for (const [title, run] of Object.entries(suite)) {
      const reason = unavailable ?? reasons.get(title)
      if (reason === undefined) test(title, { timeout: timeoutMs }, run)
      else test.skip(`${title} (skipped: ${reason})`, run)
    }
  })
}

export declare namespace defineSuite {
  type Options = {
    /** Tests that do not apply, each with why. */
    skip?: readonly Skip[] | undefined
    /** Why nothing of it can run on this machine; null when it can. */
    unavailable?: string | null | undefined
    /** @default 30_000 */
    timeoutMs?: number | undefined
    /** @default true */
    concurrent?: boolean | undefined
  }
  type Skip = { reason: string; tests: readonly string[] }
}
