import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Wall } from '@hotaru/driver'
import { afterAll, beforeAll, expect, test } from 'vitest'

const program = `for (const { name } of Deno.readDirSync('/proc/self/fd')) {
  try { console.log(Deno.readLinkSync('/proc/self/fd/' + name)) } catch {}
}`
const agent = fileURLToPath(new URL('./testing/startInheriting.ts', import.meta.url))

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hotaru-inherit-'))
})
afterAll(() => rm(root, { recursive: true }))

test('a workload has no descriptor that the agent inherited', { timeout: 30_000 }, async () => {
  // Without permissions, so that it may look.
  expect(await descriptorsOf(['permissions'])).not.toContain('/door')
})

test('it has when the wall of files is gone', { timeout: 30_000 }, async () => {
  expect(await descriptorsOf(['permissions', 'files'])).toContain('/door')
})

async function descriptorsOf(without: readonly Wall[]): Promise<string> {
  const directory = join(root, `task-${without.length}`)
  const door = join(root, 'door')
  for (const path of [directory, door]) await mkdir(path, { recursive: true })
  await writeFile(join(directory, 'main.ts'), program)
  const task = {
    id: `inheritor-${without.length}`,
    program: { driver: 'deno', entry: 'main.ts', arguments: [] },
    directory,
    limits: { memoryBytes: 2 ** 29, diskBytes: 2 ** 24, processes: 64, cpus: 1 },
    devices: [],
    deadlineUnixMs: Date.now() + 20_000,
  }
  await using folder = await open(door)
  const words = [agent, join(root, 'state'), JSON.stringify(task), JSON.stringify(without)]
  const child = spawn(process.execPath, words, {
    // Node itself closes those that follow on one another from 0; a number far off it does not see.
    stdio: ['ignore', 'pipe', 'inherit', ...Array.from({ length: 57 }, () => 'ignore' as const), folder.fd],
  })
  let printed = ''
  child.stdout?.on('data', (text) => (printed += text))
  await once(child, 'close')
  expect(printed).toContain('pipe')
  return printed
}
