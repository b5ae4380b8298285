import { readFile } from 'node:fs/promises'
import type { Place } from './Place.ts'
import { childrenOf, commandOf } from './processes.ts'

/** Process id of a workload's program, seen from outside its box; undefined before it runs and after it ended. */
export async function findProgram(place: Place): Promise<number | undefined> {
  const status = await readFile(place.status, 'utf8').catch(() => '')
  const first = /"child-pid": (\d+)/.exec(status)?.[1]
  const box = first ?? (await readFile(place.box, 'utf8').catch(() => '')).trim()
  if (!box) return undefined
  const candidates = [Number(box), ...(first ? await childrenOf(Number(first)) : [])]
  for (const pid of candidates) {
    // Until it is executed, the process still carries the command line of the box around it.
    const [program = ''] = await commandOf(pid)
    if (/(^|\/)deno(\.exe)?$/.test(program)) return pid
  }
  return undefined
}
