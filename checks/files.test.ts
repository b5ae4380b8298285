import { expect, test } from 'vitest'
import { listFiles, readText } from './tree.ts'

const files = listFiles()
const code = files.filter((path) => /\.(ts|mjs|sol)$/.test(path) && !path.startsWith('contracts/abi/'))

/** A table of sentences, alphabetical, which nobody reads from top to bottom. */
const tables = ['contracts/src/Errors.sol']

test('no file of code is longer than 300 lines, tables excepted', () => {
  const long = code.filter((path) => !tables.includes(path) && readText(path).split('\n').length > 301)
  expect(long).toEqual([])
})

test('no file is named after what it does not say', () => {
  const vague = /(^|\/)(utils?|helpers?|types|common|manager|service|misc)\.(ts|mjs|sol)$/i
  expect(files.filter((path) => vague.test(path))).toEqual([])
})

test('every package says on one screen what it is for', () => {
  const homes = new Set(
    files.map((path) => /^((packages|apps|examples)\/[^/]+|contracts)\//.exec(path)?.[1]).filter(Boolean),
  )
  expect([...homes].filter((home) => !files.includes(`${home}/README.md`))).toEqual([])
  const long = files.filter((path) => /^(packages|apps|examples)\/[^/]+\/README\.md$/.test(path))
  expect(long.filter((path) => readText(path).split('\n').length > 90)).toEqual([])
})

test('tests wait for events, never for time, and none is skipped or singled out', () => {
  const bad = /\b(it|test|describe)\.(only|skip|todo)\(|\bretry:\s*\d|setTimeout\(\s*resolve,\s*\d{3,}/
  const tests = code.filter((path) => path.endsWith('.test.ts') && !path.startsWith('checks/'))
  expect(tests.filter((path) => bad.test(readText(path)))).toEqual([])
})
