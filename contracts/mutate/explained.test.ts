import { expect, test } from 'vitest'
import { findStale, whyExplained } from './explained.ts'
import { findMutants } from './findMutants.ts'

const mutants = findMutants('A.sol', 'if (a > 0 && b > 0) return;')
const boundaries = mutants.filter(({ kind }) => kind === 'boundary')
const line = 'if (a > 0 && b > 0) return;'

test('an explanation speaks for its line and kind, or for one of several changes', () => {
  const both = { 'A.sol': [{ line, kind: 'boundary', why: 'unsigned' }] }
  expect(boundaries.map((one) => whyExplained(both, one))).toEqual(['unsigned', 'unsigned'])
  const one = { 'A.sol': [{ line, kind: 'boundary', becomes: 'if (a >= 0 && b > 0) return;', why: 'unsigned' }] }
  expect(boundaries.map((mutant) => whyExplained(one, mutant))).toEqual(['unsigned', undefined])
  expect(mutants.filter(({ kind }) => kind === 'deleted').map((mutant) => whyExplained(both, mutant))).toEqual([
    undefined,
  ])
})

test('an explanation of a line that is gone is stale', () => {
  const explained = { 'A.sol': [{ line: 'if (a > 1) return;', kind: 'boundary', why: 'unsigned' }] }
  expect(findStale(explained, mutants)).toEqual([{ file: 'A.sol', line: 'if (a > 1) return;' }])
  expect(findStale({ 'A.sol': [{ line, kind: 'deleted', why: 'so' }] }, mutants)).toEqual([])
})
