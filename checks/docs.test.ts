import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { listFiles, listPackages, readText } from './tree.ts'

const files = listFiles()
const pages = files.filter((path) => path.endsWith('.md'))

test('links between pages and files lead somewhere', () => {
  const folders = new Set(
    files.flatMap((path) => path.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'))),
  )
  const broken = pages.flatMap((page) =>
    [...readText(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map((match) => posix.normalize(posix.join(posix.dirname(page), match[1] ?? '')).replace(/\/$/, ''))
      .filter((target) => !files.includes(target) && !folders.has(target))
      .map((target) => `${page}: ${target}`),
  )
  expect(broken).toEqual([])
})

test('every dependency has a sentence that says why it and not another', () => {
  const decision = readText('docs/decisions/0002-dependencies.md')
  const rootPackage = JSON.parse(readText('package.json'))
  const names = new Set(
    [rootPackage, ...listPackages()].flatMap((one) => Object.keys({ ...one.dependencies, ...one.devDependencies })),
  )
  const unexplained = [...names].filter(
    (name) => !/^@hotaru\/|^hotaru$/.test(name) && !decision.includes(`\`${name}\``),
  )
  expect(unexplained).toEqual([])
})

test('commands that the README names exist', () => {
  const { scripts } = JSON.parse(readText('package.json'))
  const named = [...readText('README.md').matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? '')
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})
