import { expect, test } from 'vitest'
import { whileAlone } from './whileAlone.ts'

test('lets one in at a time, and the next one after a failure', async () => {
  const name = `test-${process.pid}-${Math.random()}`
  let inside = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setImmediate(resolve))
    inside--
  }
  const failing = whileAlone(name, async () => {
    await work()
    throw new Error('broken')
  })
  await Promise.all([expect(failing).rejects.toThrow('broken'), whileAlone(name, work), whileAlone(name, work)])
  expect(most).toBe(1)
})
