import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as abis from '../abi/index.ts'
import { drawLedger } from './drawLedger.ts'
import { calls, rooms } from './rooms.ts'

const root = join(import.meta.dirname, '..', '..')
const src = join(root, 'contracts', 'src')
const sources = new Map(
  readdirSync(src)
    .filter((name) => name.endsWith('.sol'))
    .map((name) => [name.slice(0, -'.sol'.length), readFileSync(join(src, name), 'utf8')]),
)

/** What the drawing names and another wrote, or what is a choice of contracts: nothing to read in our sources. */
const foreign = ['Governor', 'Timelock', 'Beacon']
const own = Object.keys(rooms).filter((name) => !foreign.includes(name))

test('the drawing is the one that its table makes', () => {
  expect(readFileSync(join(root, 'docs', 'ledger.svg'), 'utf8')).toBe(drawLedger())
})

test('the table has every call that changes something, and every contract that is only read', () => {
  const drawn = own.map((name) => [
    name,
    calls.filter(({ from }) => from === name).flatMap(({ to, functions }) => functions.map((one) => `${to}.${one}`)),
    [...(rooms[name]?.reads ?? [])].toSorted(),
  ])
  const written = own.map((name) => {
    const found = callsOf(name)
    const changing = found.filter(({ to, one }) => !isView(to, one)).map(({ to, one }) => `${to}.${one}`)
    const called = changing.map((one) => one.split('.')[0])
    const read = found.map(({ to }) => to).filter((to) => !called.includes(to))
    return [name, [...new Set(changing)], [...new Set(read)].toSorted()]
  })
  expect(drawn.map(([name, list, read]) => [name, (list as string[]).toSorted(), read])).toEqual(
    written.map(([name, list, read]) => [name, (list as string[]).toSorted(), read]),
  )
})

test('what votes may reach obeys the timelock, and only that does', () => {
  const byVotes = calls.filter(({ from, to }) => from === 'Timelock' && to !== 'Governor')
  const found = own.flatMap((name) =>
    [...sourceOf(name).matchAll(/function (\w+)\([^{]*\{\s*if \(msg\.sender != GOVERNANCE\)/g)].map(
      (match) => `${name}.${match[1]}`,
    ),
  )
  expect(byVotes.flatMap(({ to, functions }) => functions.map((one) => `${to}.${one}`)).toSorted()).toEqual(
    found.toSorted(),
  )
})

test('docs/ledger.md names every call', () => {
  const page = readFileSync(join(root, 'docs', 'ledger.md'), 'utf8').replaceAll(/ +/g, ' ')
  const rows = calls.map(
    ({ from, to, functions }) => `| ${from} | ${to} | ${functions.map((one) => `\`${one}\``).join(', ')} |`,
  )
  expect(rows.filter((row) => !page.includes(row))).toEqual([])
})

/** Every call of a contract on another that it keeps as an immutable: `LEASES.hold(…)`. */
function callsOf(name: string): { to: string; one: string }[] {
  const pattern = /\b(?:I\w+\(address\()?(TOKEN|[A-Z]+(?:_[A-Z]+)?)\)?\)?\s*\.(\w+)\(/g
  return [...sourceOf(name).matchAll(pattern)]
    .map(([, immutable = '', one = '']) => ({ to: roomOf(immutable), one: plain(one) }))
    .filter(({ to }) => to in rooms)
}

/** `BURN_TABLE` → `BurnTable`. */
const roomOf = (immutable: string) =>
  immutable
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('')

/** `safeTransferFrom` → `transferFrom`. */
const plain = (one: string) => one.replace(/^safe(\w)/, (_, first: string) => first.toLowerCase())

/** The text of a contract and of all that it is built on. */
function sourceOf(name: string): string {
  const text = sources.get(name) ?? ''
  const bases = /contract \w+\s+is\s+([\w\s,]+?)\s*\{/.exec(text)?.[1]?.split(/\s*,\s*/) ?? []
  return [text, ...bases.filter((base) => sources.has(base)).map(sourceOf)].join('\n')
}

function isView(to: string, one: string): boolean {
  const all: Record<string, unknown> = abis
  const key = `${to.charAt(0).toLowerCase()}${to.slice(1)}Abi`
  const abi = (to === 'Beacon' ? abis.drandBeaconAbi : all[key]) as readonly {
    name?: string
    stateMutability?: string
  }[]
  const found = abi.find((item) => item.name === one)
  expect(found, `${to}.${one}`).toBeDefined()
  return found?.stateMutability === 'view' || found?.stateMutability === 'pure'
}
