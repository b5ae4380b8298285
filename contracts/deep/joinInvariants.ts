/** A row of `test/invariant/README.md`: its number, what must hold, and the tests that its line names. */
export type Invariant = { number: string; holds: string; tests: readonly string[] }

/** One test of forge's report, as far as it is read here. `reason` is the message of what failed. */
export type TestRun = {
  contract: string
  name: string
  passed: boolean
  skipped: boolean
  reason: string
  /** Calls made and calls that reverted, of a campaign; of a fuzz test its runs and none. */
  calls: number
  reverts: number
}

/**
 * What a run says of an invariant. A campaign checks many and ends with the first that fails, so the others that it
 * checks are `cut short`: not broken, and not shown to hold either. `no test` when nothing ran that the line names.
 */
export type Result = 'ok' | 'FAILED' | 'cut short' | 'no test'

/** A line of the table that is printed. */
export type Line = { number: string; holds: string; tests: string; calls: number; reverts: number; result: Result }

type ForgeKind = { Invariant?: { calls: number; reverts: number }; Fuzz?: { runs: number } }
type ForgeTest = { status: string; reason: string | null; kind: ForgeKind | string }
type ForgeReport = Record<string, { test_results: Record<string, ForgeTest> }>

/** Reads the numbered lines of the table; the tests are what stands in `backticks` and looks like one. */
export function readInvariants(markdown: string): Invariant[] {
  return markdown.split('\n').flatMap((line) => {
    const [number = '', holds = ''] = cellsOf(line)
    if (!/^\**I?\d+[a-z]?\**$/.test(number)) return []
    const quoted = [...line.matchAll(/`([A-Z]\w*(?:(?:\.|::)\w+)?|(?:invariant|test|testFuzz)_\w+)(?:\(\))?`/g)]
    return [{ number: number.replaceAll('*', ''), holds, tests: quoted.map((match) => match[1] ?? '') }]
  })
}

/** Reads what `forge test --json` wrote. */
export function readReport(json: string): TestRun[] {
  const suites = Object.entries(JSON.parse(json) as ForgeReport)
  return suites.flatMap(([suite, { test_results }]) =>
    Object.entries(test_results).map(([signature, { status, reason, kind }]) => {
      const { Invariant: campaign, Fuzz: fuzz } = typeof kind === 'string' ? {} : kind
      return {
        contract: suite.split(':').at(-1) ?? suite,
        name: signature.split('(')[0] ?? signature,
        passed: status === 'Success',
        skipped: status === 'Skipped',
        reason: reason ?? '',
        calls: campaign?.calls ?? fuzz?.runs ?? 1,
        reverts: campaign?.reverts ?? 0,
      }
    }),
  )
}

/** Puts the runs beside the invariants that they check. */
export function joinInvariants(invariants: readonly Invariant[], runs: readonly TestRun[]): Line[] {
  const known = new Set(invariants.map(({ number }) => number))
  return invariants.map(({ number, holds, tests }) => {
    const own = runs.filter((run) => tests.some((test) => isNamed(run, test)))
    return {
      number,
      holds,
      tests: own.map(({ contract, name }) => `${contract}.${name}`).join(' '),
      calls: own.reduce((sum, { calls }) => sum + calls, 0),
      reverts: own.reduce((sum, { reverts }) => sum + reverts, 0),
      result: resultOf(number, own, known),
    }
  })
}

/** Campaigns that no line names: they check something that has no number. */
export function findUnnumbered(invariants: readonly Invariant[], runs: readonly TestRun[]): string[] {
  return runs
    .filter(({ name }) => name.startsWith('invariant_'))
    .filter((run) => !invariants.some(({ tests }) => tests.some((test) => isNamed(run, test))))
    .map(({ contract, name }) => `${contract}.${name}`)
}

function resultOf(number: string, own: readonly TestRun[], known: ReadonlySet<string>): Result {
  if (own.length === 0) return 'no test'
  const failed = own.filter(({ passed }) => !passed)
  if (failed.length === 0) return 'ok'
  // Messages begin with the numbers that they are about: "I1, I4: supply fell …".
  const named = failed.map(({ reason }) =>
    [...(reason.split(':')[0] ?? '').matchAll(/\bI?\d+[a-z]?\b/g)].map(([number]) => number),
  )
  const isOther = named.every(
    (numbers) => numbers.length > 0 && numbers.every((one) => one !== number && known.has(one)),
  )
  return isOther ? 'cut short' : 'FAILED'
}

/** A line may name a test, a contract's test, or a contract of which any campaign counts. */
function isNamed({ contract, name }: TestRun, test: string): boolean {
  const [first, second] = test.split(/\.|::/)
  if (second !== undefined) return contract === first && name === second
  return name === first || (contract === first && name.startsWith('invariant_'))
}

function cellsOf(line: string): string[] {
  if (!line.trimStart().startsWith('|')) return []
  // A bar in a cell is written \|.
  return line
    .split(/(?<!\\)\|/)
    .slice(1)
    .map((cell) => cell.trim())
}
