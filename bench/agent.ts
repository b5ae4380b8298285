import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sleep } from '@hotaru/base/async'
import type { Bench } from './Bench.ts'
import { startLocalNetwork } from './localNetwork.ts'

const settleMs = 15_000
const watchMs = 30_000
/** `getconf CLK_TCK` is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100

/** What an agent costs its owner while nobody leases. */
export const agent: Bench = {
  about: 'the idle agent: resident memory and its share of one core, on a local network',
  async run(say) {
    const network = await startLocalNetwork()
    try {
      const { pid } = JSON.parse(await readFile(join(network.home, 'local', 'agent', 'agent.json'), 'utf8'))
      say(`settling ${settleMs / 1000} s, then watching ${watchMs / 1000} s`)
      await sleep(settleMs)
      const before = await cpuTicks(pid)
      await sleep(watchMs)
      const used = (await cpuTicks(pid)) - before
      return [
        { metric: 'idle.memoryBytes', value: await residentBytes(pid), unit: 'bytes', bar: { max: 150 * 2 ** 20 } },
        { metric: 'idle.cpuShare', value: used / ticksPerSecond / (watchMs / 1000), unit: 'cores', bar: { max: 0.01 } },
      ]
    } finally {
      await network.stop()
    }
  },
}

async function cpuTicks(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}
