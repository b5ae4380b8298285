import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Hex } from '@hotaru/proof'
import { runBackendCompliance } from '@hotaru/proof/compliance'
import { expect, test } from 'vitest'
import { createChildBackend } from './createChildBackend.ts'

const reference = fileURLToPath(new URL('../testing/referenceChild.ts', import.meta.url))
const start = (...args: string[]) => createChildBackend({ name: 'child', command: process.execPath, args })
const startScript = (script: string) => start('--input-type=module', '--eval', script)
const state: Hex = `0x${'9c'.repeat(32)}`

runBackendCompliance({ name: 'child', create: () => start(reference) })

test('a program that is not there is no back end', async () => {
  const starting = createChildBackend({ name: 'child', command: '/nowhere/prove', args: [] })
  await expect(starting).rejects.toThrow('Cannot prove with child: spawn /nowhere/prove ENOENT, expected it to answer')
})

test('a program that ends says why in its last line', async () => {
  const starting = startScript('console.error("first"); console.error("no adapter"); process.exit(3)')
  await expect(starting).rejects.toThrow('Cannot prove with child: it ended with 3, saying "no adapter"')
})

test.each([
  ['no JSON', 'hello'],
  ['no answer', '{"id":1}'],
  ['an answer to nothing', '{"id":7,"ok":null}'],
  ['an answer of another kind', '{"id":1,"ok":{"device":"x","kind":"abacus"}}'],
])('a program that says %s is ended', async (_, line) => {
  const starting = startScript(`process.stdin.resume(); console.log(${JSON.stringify(line)})`)
  await expect(starting).rejects.toMatchObject({ name: 'Prover.ChildNonsenseError' })
})

test('a program that never ends its line is ended', async () => {
  const starting = startScript('process.stdin.resume(); process.stdout.write("x".repeat(2 ** 26 + 1))')
  await expect(starting).rejects.toThrow('it said "more than 67108864 bytes"')
})

test('a program that says nothing is ended', async () => {
  const options = { name: 'child', command: process.execPath, args: ['--eval', 'process.stdin.resume()'] }
  const starting = createChildBackend({ ...options, startTimeoutMs: 1 })
  await expect(starting).rejects.toThrow('Cannot prove with child: it said nothing for 1 ms')
})

test('what the back end refuses is said in its words, and it goes on', async () => {
  const backend = await start(reference)
  const filling = backend.fill(state, { cells: 2 ** 40, hashes: 1 })
  await expect(filling).rejects.toMatchObject({ name: 'Prover.ChildRefusedError', message: /array length/i })
  expect(await backend.productRoot(state, 16)).toHaveLength(66)
  await backend.close()
})

test('a walk ends with its memory', async () => {
  const backend = await start(reference)
  const memory = await backend.fill(state, { cells: 64, hashes: 1 })
  const walk = await memory.walk(state, { lanes: 1, segments: 1 })
  await memory.free()
  await expect(walk.openLanes([0])).rejects.toThrow('it was freed')
  await expect(memory.walk(state, { lanes: 1, segments: 1 })).rejects.toThrow('it was freed')
  await backend.close()
})

test('killed from outside, it rejects what waits and all that follows', async () => {
  const backend = await start(reference)
  const waiting = backend.productRoot(state, 512)
  process.kill(Number(backend.device), 'SIGKILL')
  await expect(waiting).rejects.toThrow('Cannot prove with child: it ended with SIGKILL')
  await expect(backend.productRoot(state, 16)).rejects.toThrow('it ended with SIGKILL')
})

test('closed, it rejects what waits and leaves no process', async () => {
  const backend = await start(reference)
  const waiting = backend.productRoot(state, 512)
  const rejected = expect(waiting).rejects.toThrow('it was closed')
  await backend.close()
  await rejected
  expect(() => process.kill(Number(backend.device), 0)).toThrow('ESRCH')
})

test('when its owner is killed, it ends', async () => {
  const door = import.meta.resolve('./createChildBackend.ts')
  const options = JSON.stringify({ name: 'child', command: process.execPath, args: [reference] })
  const script = `import { createChildBackend } from '${door}'
    console.log((await createChildBackend(${options})).device)`
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', script])
  const [device] = await once(owner.stdout, 'data')
  owner.kill('SIGKILL')
  const isAlive = () => {
    try {
      return process.kill(Number(device), 0)
    } catch {
      return false
    }
  }
  await expect.poll(isAlive, { interval: 5, timeout: 30_000 }).toBe(false)
})
