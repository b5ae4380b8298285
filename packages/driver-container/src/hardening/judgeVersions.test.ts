import { expect, test } from 'vitest'
import { judgeVersions } from './judgeVersions.ts'

const holes = (component: string, version: string, options: judgeVersions.Options = {}) =>
  judgeVersions({ [component]: { version, revision: undefined } }, options).map(({ id }) => id)

test('refuses versions below the table, branch by branch', () => {
  expect(holes('runc', '1.1.11')).toEqual(['CVE-2024-21626', 'CVE-2025-31133', 'CVE-2025-52565', 'CVE-2025-52881'])
  expect(holes('runc', '1.2.7')).toHaveLength(3)
  expect(holes('runc', '1.3.2')).toHaveLength(3)
  expect(holes('runc', '1.4.0-rc.2')).toHaveLength(3)
  expect(holes('nvidia-container-toolkit', '1.17.3')).toEqual(['CVE-2025-23359', 'CVE-2025-23266', 'CVE-2025-23267'])
  expect(holes('nvidia-container-toolkit', '1.16.1')).toHaveLength(4)
})

test('lets the fixed version of each branch and all later ones pass', () => {
  for (const version of ['1.2.8', '1.2.9', '1.3.3', '1.4.0', '1.5.1', '2.0.0'])
    expect(holes('runc', version)).toEqual([])
  expect(holes('nvidia-container-toolkit', 'v1.18.0')).toEqual([])
})

test('takes a version that says nothing for an old one', () => {
  expect(holes('runc', 'unknown')).toHaveLength(4)
})

test('believes the change log of the distribution, and an owner who takes a risk', () => {
  const isFixedByDistribution = (_component: string, id: string) => id === 'CVE-2024-21626'
  expect(holes('runc', '1.1.5', { isFixedByDistribution })).not.toContain('CVE-2024-21626')
  expect(holes('runc', '1.1.5', { accepted: ['CVE-2025-31133'] })).not.toContain('CVE-2025-31133')
})
