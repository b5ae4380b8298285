import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'

/**
 * Takes the only right to use a chain directory, or says who has it. A claim left by a dead process is taken over.
 *
 * @returns A function that gives the claim back.
 * @throws DirectoryTakenError
 */
export async function claimDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'lock')
  const mine: Claim = {
    pid: process.pid,
    startedAt: (await readProcess(process.pid))?.startedAt ?? '',
    token: randomUUID(),
  }
  const draft = `${path}.${mine.token}`
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    for (;;) {
      // A hard link appears whole and only if the name is free; creating and then writing would show others an empty file.
      if (await succeeds(link(draft, path), 'EEXIST')) break
      const holder = await readClaim(path)
      if (holder && (await isAlive(holder))) throw new DirectoryTakenError({ directory, pid: holder.pid })
      await discard(path, holder)
    }
  } finally {
    await unlink(draft)
  }
  return async () => {
    if ((await readClaim(path))?.token === mine.token) await rm(path, { force: true })
  }
}

type Claim = { pid: number; startedAt: string; token: string }

async function readClaim(path: string): Promise<Claim | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Removes a stale claim; when another process took over in between, its fresh claim is put back. */
async function discard(path: string, stale: Claim | undefined): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  if (!(await succeeds(rename(path, aside), 'ENOENT'))) return
  const moved = await readClaim(aside)
  if (moved && moved.token !== stale?.token) await succeeds(link(aside, path), 'EEXIST')
  await unlink(aside)
}

async function isAlive({ pid, startedAt }: Claim): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
  }
  const found = await readProcess(pid)
  if (!found || startedAt === '') return true
  // Killed, and its parent has not asked for it yet; or the pid belongs to another process by now.
  const isDead = found.state === 'Z' || found.state === 'X'
  return !isDead && found.startedAt === startedAt
}

/** The state of a process and when it began, in clock ticks since boot (proc(5)); undefined where there is no /proc. */
async function readProcess(pid: number): Promise<{ state: string; startedAt: string } | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // Fields 3 and 22; the second field is a name in brackets that may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

async function succeeds(work: Promise<unknown>, allowedCode: string): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (codeOf(error) === allowedCode) return false
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

export class DirectoryTakenError extends BaseError {
  override readonly name = 'Devchain.DirectoryTakenError'

  constructor({ directory, pid }: { directory: string; pid: number }) {
    super(`Cannot open the chain in "${directory}": process "${pid}" is using it, expected it to be free`, {
      facts: { directory, pid },
      hint: 'use the network that is running, or stop that process first',
      retry: 'later',
    })
  }
}
