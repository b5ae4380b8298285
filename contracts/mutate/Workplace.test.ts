import { readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { expect, test } from 'vitest'
import { pickMutants } from './pickMutants.ts'
import { ownTests, sources } from './Workplace.ts'

const tests = ['LeaseMoney.t.sol', 'LeaseOpening.t.sol', 'MachineExit.t.sol', 'Machines.t.sol', 'Stakes.t.sol']

test('the tests that know a contract best begin with the longest part of its name', () => {
  expect(ownTests('LeaseOpening', tests)).toBe('LeaseOpening*')
  expect(ownTests('LeaseBook', tests)).toBe('Lease*')
  expect(ownTests('Leases', tests)).toBe('Lease*')
  expect(ownTests('Machines', tests)).toBe('Machines*')
  expect(ownTests('Purses', tests)).toBe('*')
})

test('a draw is the same for the same seed, without repetition and in order', () => {
  const all = Array.from({ length: 100 }, (_, i) => i)
  const drawn = pickMutants(all, 10, 7)
  expect(drawn).toEqual(pickMutants(all, 10, 7))
  expect(drawn).toEqual([...new Set(drawn)].toSorted((a, b) => a - b))
  expect(drawn).toHaveLength(10)
  expect(drawn).not.toEqual(pickMutants(all, 10, 8))
  expect(pickMutants(all, 1000, 7)).toEqual(all)
})

test('every folder that has Solidity is copied to where mutants are tried', () => {
  const files = readdirSync(join(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' })
  const folders = files.filter((path) => path.endsWith('.sol')).map((path) => path.split(sep)[0] ?? '')
  const written = [...new Set(folders)].filter((folder) => folder !== 'out' && folder !== 'cache')
  expect(written.toSorted()).toEqual(sources.toSorted())
})
