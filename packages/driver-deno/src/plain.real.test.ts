import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StartError } from '@hotaru/driver'
import { runDriverCompliance } from '@hotaru/driver/compliance'
import { expect, test } from 'vitest'
import { createDenoDriver } from './createDenoDriver.ts'
import { createDriver } from './testing/createPlainDriver.ts'
import { programs } from './testing/programs.ts'

// What runs on macOS and Windows, run here: the same keeper in Node, with Deno's own permissions as the only wall.
runDriverCompliance({
  name: 'deno without a box',
  createDriver,
  module: new URL('./testing/createPlainDriver.ts', import.meta.url),
  programs,
  skip: [
    {
      reason: 'without control groups memory is looked at once a second, and processes are not counted',
      tests: ['ends one that takes twice its memory', 'allows no more processes than granted'],
    },
  ],
})

test('refuses a link in the directory, which Deno would follow', async () => {
  const root = await mkdtemp(join(tmpdir(), 'hotaru-plain-'))
  await chmod(root, 0o755)
  const driver = createDenoDriver({ directory: join(root, 'state'), box: 'none' })
  await writeFile(join(root, 'main.ts'), '')
  await symlink('/etc/passwd', join(root, 'link'))
  const task = {
    id: 'linked',
    program: { driver: 'deno', entry: 'main.ts', arguments: [] },
    directory: root,
    limits: { memoryBytes: 2 ** 28, diskBytes: 2 ** 24, processes: 64, cpus: 1 },
    devices: [],
    deadlineUnixMs: Date.now() + 10_000,
  } as const
  await expect(driver.start(task)).rejects.toBeInstanceOf(StartError)
  await rm(root, { recursive: true })
})
