import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, 'test')
const trees = readdirSync(join(folder, 'tree')).filter((name) => name.endsWith('.tree'))
const tests = readdirSync(join(folder, 'unit')).map((name) => readFileSync(join(folder, 'unit', name), 'utf8'))

/** The test that a leaf asks for, in the way of bulloak: `Leases::open`, "when X" → `test_open_WhenX`. */
function namesOf(tree: string): string[] {
  return tree.split(/\n\n+/).flatMap((block) => {
    const [root = '', ...lines] = block.trim().split('\n')
    const action = root.split('::')[1]
    return lines.flatMap((line, i) => {
      const condition = line.match(/(?:├──|└──) when (.+)/)?.[1]
      if (condition === undefined) return []
      const outcome = lines[i + 1]?.includes('it should revert') ? 'RevertWhen_' : 'When'
      return [`test_${action}_${outcome}${pascal(condition)}`]
    })
  })
}

function pascal(text: string): string {
  return text
    .replaceAll("'", '')
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

test('every leaf of every tree has its test, and every test its leaf', () => {
  const specified = trees.flatMap((name) => namesOf(readFileSync(join(folder, 'tree', name), 'utf8')))
  const written = tests.flatMap((source) =>
    [...source.matchAll(/function (test_\w+)\(/g)].map((match) => match[1] ?? ''),
  )
  expect(specified.length).toBeGreaterThan(100)
  expect(written.toSorted()).toEqual(specified.toSorted())
})
