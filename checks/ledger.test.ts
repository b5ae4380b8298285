import { cards, formatRegion, initialClassTable } from '@hotaru/protocol'
import { expect, test } from 'vitest'
import { listFiles, readText } from './tree.ts'

const page = readText('docs/ledger.md')
const files = listFiles()
const sources = new Map(
  files
    .filter((path) => /^contracts\/src\/(libraries\/)?\w+\.sol$/.test(path))
    .map((path) => [path.replace(/^.*\/|\.sol$/g, ''), readText(path)]),
)

/** Shared by several contracts, so that a constant of theirs is named after them. */
const shared = ['Epochs', 'GuardianPause']

/** The constants of one visibility, by the contract that a reader knows: `Leases.START_WINDOW` → `10 minutes`. */
function constantsOf(visibility: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, text] of sources) {
    for (const [, constant = '', value = ''] of text.matchAll(
      new RegExp(`${visibility} constant (\\w+) =\\s*([^;]+);`, 'g'),
    )) {
      found.set(`${homeOf(name)}.${constant}`, value.replaceAll(/\s+/g, ' '))
    }
  }
  return found
}

/** The contract that is built on a base: `LeaseBook` → `Leases`. */
function homeOf(name: string): string {
  if (shared.includes(name)) return name
  const child = [...sources].find(([, text]) => new RegExp(`contract \\w+ is [^{]*\\b${name}\\b`).test(text))
  return child ? homeOf(child[0]) : name
}

test('docs/ledger.md has every public constant of the ledger, and no constant that is otherwise', () => {
  const open = constantsOf('public')
  const all = new Map([...constantsOf('internal'), ...open])
  const rows = new Map(
    [...page.matchAll(/^\| `(\w+\.[A-Z][A-Z_0-9]+)` +\| ([^|]+?) +\| [^|]+\|$/gm)].map((row) => [row[1], row[2]]),
  )
  expect([...open.keys()].filter((name) => !rows.has(name))).toEqual([])
  expect([...rows].filter(([name, value]) => all.get(name ?? '') !== value)).toEqual([])
})

test('constants that docs/ledger.md names in passing are there', () => {
  const all = new Map([...constantsOf('internal'), ...constantsOf('public')])
  const named = [...page.matchAll(/`(\w+\.[A-Z][A-Z_0-9]{2,})`/g)].map((match) => match[1] ?? '')
  expect(named.filter((name) => !all.has(name))).toEqual([])
})

test('tests and files that docs/ledger.md names are there', () => {
  const written = files
    .filter((path) => /^contracts\/test\/.*\.sol$/.test(path))
    .map(readText)
    .join('\n')
  const tests = [...page.matchAll(/`((?:test|testFuzz|invariant)_\w+)`/g)].map((match) => match[1] ?? '')
  expect(tests.length).toBeGreaterThan(100)
  expect(tests.filter((name) => !written.includes(`function ${name}(`))).toEqual([])
  const named = [...page.matchAll(/`((?:contracts|packages|checks)\/[\w./]+\.\w+)`/g)].map((match) => match[1] ?? '')
  expect(named.filter((path) => !files.includes(path))).toEqual([])
})

test('the classes in docs/ledger.md are those that a network starts with', () => {
  const rows = [...page.matchAll(/^\| `((?:cpu|gpu)-[\w-]+)` +\|(.+)\|$/gm)].map(([, name = '', rest = '']) => [
    name,
    ...rest.split('|').map((cell) => cell.trim()),
  ])
  const expected = initialClassTable.map(({ name, computeFrom, computeTo, memoryFrom, pointsPerSlot }) => {
    const claimed = (cards[name] ?? []).flatMap(({ names }) => names.slice(0, 1))
    return [name, ...[computeFrom, computeTo, memoryFrom, pointsPerSlot].map(String), claimed.join(', ')]
  })
  expect(rows).toEqual(expected)
})

test('regions in docs/ledger.md are the ones that people are shown', () => {
  const table = page.slice(page.indexOf('**Regions.**'), page.indexOf('## Powers'))
  const named = [...table.matchAll(/ (\d+) \| ([^|(]+?) +[|(]/g)]
  expect(named.map(([, number, name]) => [Number(number), name])).toEqual(
    named.map(([, number]) => [Number(number), formatRegion(Number(number))]),
  )
  expect(named.length).toBe(12)
  expect(formatRegion(12)).toBe('number 12')
})

test('gas in docs/ledger.md is what the gas tests measured last', () => {
  const rows = [...page.matchAll(/^\|[^|]+\| `([\w.]+)` +\| +(\d[\d ]*) \|/gm)]
  const gas = new Map(rows.map(([, figure, value]) => [figure, Number(value?.replaceAll(' ', ''))]))
  expect(gas.size).toBeGreaterThan(10)
  // A figure of a grown ledger is the same but for longer numbers in its calldata.
  const measured = Object.entries(JSON.parse(readText('contracts/snapshots/ledger.json')) as Record<string, string>)
  const plain = measured.filter(([figure]) => !/\.at\d+k$/.test(figure))
  // Some gas between two runs of one compiler is the chance of addresses: signatures and zeros in calldata.
  const off = plain.filter(([figure, value]) => !(Math.abs((gas.get(figure) ?? 0) / Number(value) - 1) < 0.002))
  expect(off).toEqual([])
})
