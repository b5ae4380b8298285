import { readdir, readFile } from 'node:fs/promises'

/** Ids of this machine's processes with `marker` on their command line, but those that are this test or its kin. */
export async function findProcesses(marker: string): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const marked = await Promise.all(
    ids.map(async (id) => (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).includes(marker)),
  )
  return ids.filter((_, index) => marked[index]).map(Number)
}
