import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimDirectory } from './claimDirectory.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-claim-'))
})
afterEach(() => rm(directory, { recursive: true }))

test('a directory is given to one, until it is given back', async () => {
  const giveBack = await claimDirectory(directory)
  await expect(claimDirectory(directory)).rejects.toMatchObject({ name: 'Devchain.DirectoryTakenError' })
  await giveBack()
  await (await claimDirectory(directory))()
})

test.runIf(process.platform === 'linux')('who is dead but not yet buried holds nothing', async () => {
  // The shell becomes `cat`, who never asks for the child that the shell left: killed, it stays a zombie.
  const keeper = spawn('sh', ['-c', 'sleep 1000 & echo $!; exec cat'], { stdio: ['pipe', 'pipe', 'ignore'] })
  try {
    const pid = Number(await new Promise<string>((resolve) => keeper.stdout.once('data', (data) => resolve(`${data}`))))
    const stat = (of = pid) => readFile(`/proc/${of}/stat`, 'utf8')
    const until = async (seen: () => Promise<boolean>) => {
      while (!(await seen())) await new Promise((resolve) => setImmediate(resolve))
    }
    await until(async () => (await stat(keeper.pid)).includes('(cat)'))
    process.kill(pid, 'SIGKILL')
    await until(async () => (await stat()).includes(') Z '))
    const startedAt = (await stat()).split(') ')[1]?.split(' ')[19]
    await writeFile(join(directory, 'lock'), JSON.stringify({ pid, startedAt, token: 'of the dead' }))
    await (await claimDirectory(directory))()
  } finally {
    keeper.stdin.end()
  }
})
