import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Exit } from '@hotaru/protocol'

/** What is kept on disk of each task, so that its limits hold and its end is known whoever dies meanwhile. */
export type TaskRecord = {
  taskId: string
  containerId: string
  directory: string
  deadlineUnixMs: number
  diskBytes: number
  /** Nodes that must be there inside. */
  nodes: string[]
  /** How it ended, once somebody has found out. */
  exit?: Exit
}

/** Why somebody of ours ended a workload. */
export type Verdict = 'stopped' | 'deadline' | 'disk'

/** The records of one driver, in its directory. */
export const taskRecords = {
  async write(directory: string, record: TaskRecord): Promise<void> {
    await mkdir(folderOf(directory), { recursive: true })
    await writeWhole(join(folderOf(directory), `${record.taskId}.json`), JSON.stringify(record))
  },

  /** Undefined when nothing is kept of the task. */
  async read(directory: string, taskId: string): Promise<TaskRecord | undefined> {
    const text = await readFile(join(folderOf(directory), `${taskId}.json`), 'utf8').catch(unlessMissing)
    return text === undefined ? undefined : JSON.parse(text)
  },

  async list(directory: string): Promise<TaskRecord[]> {
    const names = (await readdir(folderOf(directory)).catch(unlessMissing)) ?? []
    const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length))
    const records = await Promise.all(ids.map((id) => taskRecords.read(directory, id)))
    return records.filter((record) => record !== undefined)
  },

  async remove(directory: string, taskId: string): Promise<void> {
    await rm(join(folderOf(directory), `${taskId}.json`), { force: true })
    await rm(join(folderOf(directory), `${taskId}.verdict`), { force: true })
  },

  /** Writes why the workload is about to be ended; the first verdict stands. */
  async judge(directory: string, taskId: string, verdict: Verdict): Promise<void> {
    await writeFile(join(folderOf(directory), `${taskId}.verdict`), verdict, { flag: 'wx' }).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  },

  async verdict(directory: string, taskId: string): Promise<Verdict | undefined> {
    const text = await readFile(join(folderOf(directory), `${taskId}.verdict`), 'utf8').catch(unlessMissing)
    return text === undefined || text === '' ? undefined : (text as Verdict)
  },
}

function folderOf(directory: string): string {
  return join(directory, 'tasks')
}

async function writeWhole(path: string, text: string): Promise<void> {
  const fresh = `${path}.${randomUUID()}`
  await writeFile(fresh, text)
  await rename(fresh, path)
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
