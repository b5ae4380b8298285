import { readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plan } from './Place.ts'
import type { Means } from './prepareMeans.ts'

const namespaces = ['mnt', 'net', 'pid', 'ipc', 'uts'] as const

/**
 * Looks at a running program from outside, and names every wall that should be around it and is not.
 *
 * This is what a driver's tier rests on: not what was asked of bubblewrap and the kernel, but what they did.
 */
export async function verifyWalls(means: Means, plan: Plan, pid: number | undefined): Promise<string[]> {
  if (!means.box || pid === undefined) return ['box']
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? ''
  const shared = await Promise.all(
    namespaces.map(async (name) => {
      const [inside, ours] = await Promise.all([
        readlink(`/proc/${pid}/ns/${name}`).catch(() => 'unknown'),
        readlink(`/proc/self/ns/${name}`),
      ])
      return inside === ours || inside === 'unknown' ? [`${name} namespace`] : []
    }),
  )
  const limits = await verifyLimits(plan)
  return [
    ...shared.flat(),
    ...(field('Seccomp') === '2' ? [] : ['system call filter']),
    ...(field('NoNewPrivs') === '1' ? [] : ['no new privileges']),
    ...(/^0+$/.test(field('CapEff')) ? [] : ['capabilities']),
    ...(means.isRoot && field('Uid').startsWith('0\t') ? ['own user'] : []),
    ...limits,
  ]
}

/** Whether the kernel has the limits of the plan: reads them back. */
async function verifyLimits({ cgroups, task }: Plan): Promise<string[]> {
  const read = async (names: readonly string[]) => {
    for (const path of cgroups) {
      for (const name of names) {
        const text = await readFile(join(path, name), 'utf8').catch(() => undefined)
        if (text !== undefined) return Number(text)
      }
    }
    return Number.NaN
  }
  const memory = await read(['memory.max', 'memory.limit_in_bytes'])
  const processes = await read(['pids.max'])
  return [
    // The kernel counts in whole pages.
    ...(memory <= task.limits.memoryBytes ? [] : ['memory limit']),
    ...(processes === task.limits.processes ? [] : ['process limit']),
  ]
}
