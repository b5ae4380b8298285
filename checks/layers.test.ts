import { expect, test } from 'vitest'
import { listFiles, listPackages, readText } from './tree.ts'

/** The layer of each package; imports go to a lower one only. Design: ARCHITECTURE.md. */
const layerOf: Record<string, number> = {
  '@hotaru/base': 0,
  '@hotaru/contracts': 0,
  '@hotaru/protocol': 1,
  '@hotaru/journal': 1,
  '@hotaru/proof': 2,
  '@hotaru/chain': 2,
  '@hotaru/link': 2,
  '@hotaru/driver': 2,
  '@hotaru/devchain': 3,
  '@hotaru/driver-deno': 3,
  '@hotaru/prover': 3,
  '@hotaru/driver-container': 3,
  '@hotaru/exam': 3,
  '@hotaru/sdk': 4,
  '@hotaru/agent': 5,
  '@hotaru/verifier': 5,
  '@hotaru/network': 5,
  '@hotaru/lab': 5,
  hotaru: 5,
  '@hotaru/bench': 5,
  '@hotaru/example-acceptance': 5,
  '@hotaru/example-bunny': 5,
  '@hotaru/example-digits': 5,
}

/** What a package must not know although its layer would allow it, and why. */
const bans: { who: RegExp; what: RegExp; why: string }[] = [
  {
    who: /^@hotaru\/driver/,
    what: /chain|link|sdk/,
    why: 'a driver runs what it is given; who pays is not its business',
  },
  { who: /^@hotaru\/link$/, what: /chain|driver/, why: 'the link carries streams; the agent says what they mean' },
  {
    who: /^hotaru$/,
    what: /chain|link|driver/,
    why: 'the command line is used by people as the sdk is by programs: it proves the sdk',
  },
  { who: /^@hotaru\/contracts$/, what: /hotaru/, why: 'the ledger knows no one' },
  { who: /^@hotaru\/(base|protocol|proof)$/, what: /journal|devchain/, why: 'pure packages have no disk' },
]

const packages = listPackages()
const sources = listFiles().filter((path) => /\.(ts|mjs)$/.test(path))

test('every package has a layer', () => {
  expect(packages.map(({ name }) => name).filter((name) => !(name in layerOf))).toEqual([])
})

test('packages depend on lower layers only, and apps on no app', () => {
  const upward = packages.flatMap(({ name, dependencies }) =>
    Object.keys(dependencies)
      .filter((other) => other in layerOf && (layerOf[other] ?? 0) >= (layerOf[name] ?? 0))
      .map((other) => `${name} -> ${other}`),
  )
  expect(upward).toEqual([])
})

test('nobody depends on what he must not know', () => {
  const found = packages.flatMap(({ name, dependencies }) =>
    bans
      .filter(({ who }) => who.test(name))
      .flatMap(({ what, why }) =>
        Object.keys(dependencies)
          .filter((other) => other.includes('hotaru') && what.test(other))
          .map((other) => `${name} -> ${other}: ${why}`),
      ),
  )
  expect(found).toEqual([])
})

test('imports go through front doors and are declared', () => {
  const doors = new Set(
    packages.flatMap(({ name, exports }) => Object.keys(exports).map((door) => name + door.slice(1))),
  )
  const wrong = sources.flatMap((path) =>
    importsOf(path)
      .filter((name) => name.startsWith('@hotaru/') && !doors.has(name))
      .map((name) => `${path}: ${name}`),
  )
  expect(wrong).toEqual([])
  const leaving = sources.flatMap((path) => {
    const home = /^((packages|apps|examples)\/[^/]+)\//.exec(path)?.[1]
    return importsOf(path)
      .filter(
        (name) => home && name.startsWith('.') && !new URL(name, `file:///${path}`).pathname.startsWith(`/${home}/`),
      )
      .map((name) => `${path}: ${name}`)
  })
  expect(leaving).toEqual([])
})

test('pure packages take clock and chance as arguments', () => {
  const pure = /^packages\/(base\/src\/[^/]+|protocol\/src\/.+|proof\/(?:src|attacks)\/.+)\.ts$/
  const impure = /\bnode:|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bfetch\(|\bprocess\./
  const found = sources
    .filter((path) => pure.test(path) && !path.endsWith('.test.ts'))
    .filter((path) => impure.test(withoutComments(readText(path))))
  expect(found).toEqual([])
})

test('the agent core reaches the world through its ports only', () => {
  const impure = /from 'node:|\bDate\.now\b|\bMath\.random\b|\bsetTimeout\b|\bfetch\(/
  const found = sources
    .filter((path) => path.startsWith('apps/agent/src/core/') && !path.endsWith('.test.ts'))
    .filter((path) => impure.test(withoutComments(readText(path))))
  expect(found).toEqual([])
})

function importsOf(path: string): string[] {
  return [...withoutComments(readText(path)).matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map((match) => match[1] ?? '')
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}
