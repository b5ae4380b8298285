import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Stats } from '@hotaru/driver'

/** What a process's descendants use, as `ps` tells it; for machines without control groups. Zero where there is no `ps`. */
export async function measureTree(keeper: number): Promise<Omit<Stats, 'diskBytes'>> {
  const { stdout } = await promisify(execFile)('/bin/ps', ['-A', '-o', 'pid=,ppid=,rss=,time='], { env: {} }).catch(
    () => ({ stdout: '' }),
  )
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  const family = new Set([keeper])
  const sum = { cpuMs: 0, memoryBytes: 0, processes: 0 }
  for (let size = 0; size < family.size; ) {
    size = family.size
    for (const [pid, parent] of rows) if (family.has(Number(parent))) family.add(Number(pid))
  }
  for (const [pid, , memory, time = ''] of rows) {
    if (Number(pid) === keeper || !family.has(Number(pid))) continue
    sum.cpuMs += parseTimeMs(time)
    sum.memoryBytes += Number(memory) * 1024
    sum.processes += 1
  }
  return sum
}

/** `1-02:03:04`, `02:03:04` or, on macOS, `3:04.05`. */
function parseTimeMs(time: string): number {
  const [days, clock] = time.includes('-') ? time.split('-') : ['0', time]
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return (Number(days) * 86_400 + seconds) * 1000
}
