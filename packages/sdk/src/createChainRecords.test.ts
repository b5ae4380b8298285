import { initialClassTable } from '@hotaru/protocol'
import { expect, test } from 'vitest'
import { type Ask, createChainRecords } from './createChainRecords.ts'

test('the class table is asked of the chain once, and again after an outage', async () => {
  const answers: (() => unknown)[] = [() => Promise.reject(new Error('down')), () => initialClassTable]
  const ask: Ask = async <T>() => (await answers.shift()?.()) as T
  const records = createChainRecords(ask, ask)
  await expect(records.readClassTable()).rejects.toThrow('down')
  expect(await records.readClassTable()).toBe(initialClassTable)
  expect(await records.readClassTable()).toBe(initialClassTable)
  expect(answers).toEqual([])
})
