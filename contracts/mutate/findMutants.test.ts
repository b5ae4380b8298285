import { expect, test } from 'vitest'
import { applyMutant, findMutants } from './findMutants.ts'

/** Kind and new line of each mutant: what a reader of the report sees. */
function mutantsOf(source: string): string[] {
  return findMutants('A.sol', source).map(({ kind, becomes }) => `${kind}: ${becomes}`)
}

test('a guard is deleted, inverted and moved by one', () => {
  expect(mutantsOf('if (amount > held) revert Errors.A_Small(amount);')).toEqual([
    'deleted: if (false && (amount > held)) revert Errors.A_Small(amount);',
    'inverted: if (!(amount > held)) revert Errors.A_Small(amount);',
    'boundary: if (amount >= held) revert Errors.A_Small(amount);',
  ])
})

test('a guard may have a block, an early return or a require', () => {
  expect(mutantsOf('if (a) {\n    revert Errors.A_B();\n}')).toHaveLength(2)
  expect(mutantsOf('if (set == 0) return;')).toHaveLength(2)
  expect(mutantsOf('require(f(a, b) <= c, Errors.A_B());')).toEqual([
    'deleted: require(true || (f(a, b) <= c), Errors.A_B());',
    'inverted: require(!(f(a, b) <= c), Errors.A_B());',
    'boundary: require(f(a, b) < c, Errors.A_B());',
  ])
})

test('what only chooses between two ways is no guard', () => {
  expect(mutantsOf('if (a < b) x = 1;\nelse y = 2;\nfor (uint256 i = 0; i < 3; ++i) {}')).toEqual([])
})

test('each comparison of a condition is moved, shifts are left alone', () => {
  const condition = 'a >> i <= b && c << 2 < d || set >> slots == 0'
  const moved = mutantsOf(`if (${condition}) return;`).filter((one) => one.startsWith('boundary'))
  expect(moved).toEqual([
    'boundary: if (a >> i < b && c << 2 < d || set >> slots == 0) return;',
    'boundary: if (a >> i <= b && c << 2 <= d || set >> slots == 0) return;',
  ])
})

test('a condition over several lines is one guard, its comparisons are named by their own lines', () => {
  const found = findMutants('A.sol', 'x;\nif (\n    a > 1\n        && b < 2\n) revert Errors.A_B();')
  expect(found.map(({ kind, line, source }) => [kind, line, source])).toEqual([
    ['deleted', 2, 'if ('],
    ['inverted', 2, 'if ('],
    ['boundary', 3, 'a > 1'],
    ['boundary', 4, '&& b < 2'],
  ])
})

test('a flag brings the comparisons that it stands for, once, from its own function', () => {
  const body = 'bool fits = a > 0\n    && a <= max;\nif (!fits) revert Errors.A_B();\nif (fits) return;'
  const moved = mutantsOf(body).filter((one) => one.startsWith('boundary'))
  expect(moved).toEqual(['boundary: bool fits = a >= 0', 'boundary: && a < max;'])
  const other = 'function f() {\n bool fits = a > 0;\n}\nfunction g(bool fits) {\n if (!fits) return;\n}'
  expect(mutantsOf(other).filter((one) => one.startsWith('boundary'))).toEqual([])
})

test('comments and strings are no code', () => {
  expect(mutantsOf('// if (a) revert B();\n/* if (a) return; */ x = "if (a) return;";')).toEqual([])
  expect(mutantsOf('if (a /* not ) yet */ > b) revert B(") < (");')).toHaveLength(3)
})

test('a function loses each modifier, and nothing else of its head', () => {
  const source = `function f(uint256 a)
    external
    override(A, B)
    onlyOwner(a)
    whenOpen
    returns (uint256 b)
{}
function g() external view virtual returns (bytes32);`
  const found = findMutants('A.sol', source)
  expect(found.map(({ becomes, line }) => [line, becomes])).toEqual([
    [1, 'without onlyOwner(a)'],
    [1, 'without whenOpen'],
  ])
  const [first] = found
  expect(first && applyMutant(source, first)).toBe(source.replace('onlyOwner(a)', ''))
})
