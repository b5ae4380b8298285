import { expect, test } from 'vitest'
import { findUnnumbered, joinInvariants, readInvariants, readReport } from './joinInvariants.ts'

const readme = `# Invariants

|     | must always hold             | test                                | planted bug |
| --- | ---------------------------- | ----------------------------------- | ----------- |
| I1  | balances are the supply      | \`LeaseInvariants.invariant_leases\`  | a mint      |
| I7  | what goes in comes out       | \`LeaseInvariants\`                   | \`rate + 1\`  |
| I12 | a machine has its \`stake\`    | \`StakeInvariants::invariant_stakes\` | none        |
| I14 | nobody votes twice           | \`test_attack_votesTwice\`            |             |
| I20 | later                        |                                     |             |
`

function report(leases: { status: string; reason: string | null }): string {
  const campaign = { Invariant: { runs: 2, calls: 128, reverts: 3 } }
  return JSON.stringify({
    'test/invariant/LeaseInvariants.t.sol:LeaseInvariants': {
      test_results: { 'invariant_leases()': { ...leases, kind: campaign } },
    },
    'test/invariant/StakeInvariants.t.sol:StakeInvariants': {
      test_results: { 'invariant_stakes()': { status: 'Success', reason: null, kind: campaign } },
    },
    'test/invariant/NewInvariants.t.sol:NewInvariants': {
      test_results: { 'invariant_new()': { status: 'Success', reason: null, kind: campaign } },
    },
    'test/attack/Votes.t.sol:VotesAttack': {
      test_results: { 'test_attack_votesTwice()': { status: 'Success', reason: null, kind: { Unit: { gas: 1 } } } },
    },
  })
}

const invariants = readInvariants(readme)

test('each numbered line of the table has its number, its sentence and its tests', () => {
  expect(invariants.map(({ number }) => number)).toEqual(['I1', 'I7', 'I12', 'I14', 'I20'])
  expect(invariants[0]).toEqual({
    number: 'I1',
    holds: 'balances are the supply',
    tests: ['LeaseInvariants.invariant_leases'],
  })
  expect(invariants[4]?.tests).toEqual([])
})

test('a line has the calls and reverts of its tests', () => {
  const lines = joinInvariants(invariants, readReport(report({ status: 'Success', reason: null })))
  expect(lines.map(({ number, calls, reverts, result }) => [number, calls, reverts, result])).toEqual([
    ['I1', 128, 3, 'ok'],
    ['I7', 128, 3, 'ok'],
    ['I12', 128, 3, 'ok'],
    ['I14', 1, 0, 'ok'],
    ['I20', 0, 0, 'no test'],
  ])
})

test('a failure is that of the numbers in its message; what the same campaign checks is cut short', () => {
  const runs = readReport(report({ status: 'Failure', reason: 'I7: deposited is not given + held: 1 != 2' }))
  const lines = joinInvariants(invariants, runs)
  expect(lines.map(({ result }) => result)).toEqual(['cut short', 'FAILED', 'ok', 'ok', 'no test'])
})

test('a failure without a number fails every line that its test checks', () => {
  const lines = joinInvariants(invariants, readReport(report({ status: 'Failure', reason: 'Leases_Unknown(3)' })))
  expect(lines.map(({ result }) => result)).toEqual(['FAILED', 'FAILED', 'ok', 'ok', 'no test'])
})

test('a campaign that no line names is found', () => {
  expect(findUnnumbered(invariants, readReport(report({ status: 'Success', reason: null })))).toEqual([
    'NewInvariants.invariant_new',
  ])
})
