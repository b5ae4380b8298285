import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, defaultWorkloadLimits, hashWorkload, parseWorkload, type Workload } from './index.ts'

const sha256 = 'ab'.repeat(32)
const workload: Workload = {
  version: 1,
  name: 'bunny',
  program: { driver: 'deno', entry: 'main.ts', arguments: ['--fast'] },
  files: [{ path: 'main.ts', sizeBytes: 12, sha256 }],
  limits: defaultWorkloadLimits,
}
const withPaths = (...paths: string[]) => ({
  ...workload,
  files: paths.map((path) => ({ path, sizeBytes: 1, sha256 })),
})
const reasonOf = (input: unknown): string => {
  try {
    parseWorkload(input)
    return 'good'
  } catch (error) {
    expect(error).toMatchObject({ name: 'Workload.InvalidError', exitCode: 2 })
    return error instanceof Error ? error.message : ''
  }
}

test('a manifest reads back as it was, with the same digest whatever the order of its keys', () => {
  expect(parseWorkload(JSON.parse(JSON.stringify(workload)))).toEqual(workload)
  const turned = Object.fromEntries(Object.entries(workload).reverse())
  expect(hashWorkload(parseWorkload(turned))).toBe(hashWorkload(workload))
  expect(hashWorkload({ ...workload, name: 'hare' })).not.toBe(hashWorkload(workload))
})

test('the digest of a manifest never changes', () => {
  expect(hashWorkload(workload)).toMatchInlineSnapshot(
    `"0x424d4de066e0d897c27b36e59af939348d6c32e676add1bb920570b5bdd23cfc"`,
  )
})

test('equal values have equal canonical JSON, and it reads back', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled)
    if (!value || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, shuffled(inner)]),
    )
  }
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(shuffled(value))).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('no path leads out of the folder of the workload, however it is written', () => {
  const part = fc.constantFrom('..', '.', '', 'a', 'b', '\\', '\0', '/', '\n', '\u001b[2J', '\ud800', 'ほたる', '...')
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
      const path = parts.join('/')
      if (reasonOf(withPaths(path)) !== 'good') return
      const depth = path.split('/').map((name) => (name === '..' ? -1 : 1))
      expect(depth).not.toContain(-1)
      expect(path).not.toMatch(/^\/|\\|\p{Cc}|(^|\/)\.?(\/|$)/u)
      expect(path.isWellFormed()).toBe(true)
    }),
  )
  for (const path of ['a', 'a/b.txt', '.hidden', '...', 'ほたる/蛍', 'a b'])
    expect(reasonOf(withPaths(path))).toBe('good')
})

test('any input is a workload or an InvalidError that names a field', () => {
  const broken = fc
    .record({ key: fc.constantFrom(...Object.keys(workload), 'extra'), value: fc.anything() })
    .map(({ key, value }) => ({ ...workload, [key]: value }))
  fc.assert(fc.property(fc.oneof(fc.anything(), broken), (input) => void reasonOf(input)))
})

test('says what is wrong with a manifest', () => {
  expect(reasonOf(undefined)).toMatchInlineSnapshot(
    `"Cannot use the workload: field "" is not valid (Invalid input: expected object, received undefined), expected a manifest of version 1"`,
  )
  expect(reasonOf({ ...workload, version: 2 })).toMatchInlineSnapshot(
    `"Cannot use the workload: field "version" is not valid (Invalid input: expected 1), expected a manifest of version 1"`,
  )
  expect(reasonOf({ ...workload, extra: 1 })).toMatchInlineSnapshot(
    `"Cannot use the workload: field "" is not valid (Unrecognized key: "extra"), expected a manifest of version 1"`,
  )
  expect(reasonOf({ ...workload, name: 'Bunny!' })).toMatchInlineSnapshot(
    `"Cannot use the workload: field "name" is not valid (Invalid string: must match pattern /^[a-z0-9][a-z0-9-]{0,62}$/), expected a manifest of version 1"`,
  )
  expect(reasonOf(withPaths('a/../b'))).toMatchInlineSnapshot(
    `"Cannot use the workload: field "files.0.path" is not valid (no "." or ".." parts), expected a manifest of version 1"`,
  )
  expect(reasonOf(withPaths('/etc/passwd'))).toMatchInlineSnapshot(
    `"Cannot use the workload: field "files.0.path" is not valid (a relative path with "/"), expected a manifest of version 1"`,
  )
  expect(reasonOf(withPaths('a', 'a'))).toMatchInlineSnapshot(
    `"Cannot use the workload: field "files" is not valid (a path twice), expected a manifest of version 1"`,
  )
  expect(reasonOf(withPaths('a/b', 'c', 'a'))).toMatchInlineSnapshot(
    `"Cannot use the workload: field "files" is not valid ("a" is a file and a folder), expected a manifest of version 1"`,
  )
  expect(reasonOf({ ...workload, limits: { ...defaultWorkloadLimits, memoryBytes: 1 } })).toMatchInlineSnapshot(
    `"Cannot use the workload: field "limits.memoryBytes" is not valid (Too small: expected number to be >=16777216), expected a manifest of version 1"`,
  )
  const image = { driver: 'container', image: 'debian:latest', command: ['true'] }
  expect(reasonOf({ ...workload, program: image })).toMatchInlineSnapshot(
    `"Cannot use the workload: field "program.image" is not valid (Invalid string: must match pattern /^([a-z0-9.:/_-]+@)?sha256:[0-9a-f]{64}$/), expected a manifest of version 1"`,
  )
})
