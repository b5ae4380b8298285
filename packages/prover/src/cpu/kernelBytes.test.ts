import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kernelFile, renderKernel } from '../../renderKernel.ts'

test('the committed kernel is what its source gives', async () => {
  expect(readFileSync(kernelFile, 'utf8')).toBe(await renderKernel())
})
