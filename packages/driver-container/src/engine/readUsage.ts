import type { EngineAddress } from './Engine.ts'
import { requestEngine } from './requestEngine.ts'

/** What a container has used up and uses now. */
export type Usage = { cpuMs: number; memoryBytes: number; processes: number }

type Answer = {
  cpu_stats?: { cpu_usage?: { total_usage?: number } }
  memory_stats?: { usage?: number; stats?: Record<string, number> }
  pids_stats?: { current?: number }
}

/** Reads the counters once; without `one-shot` Docker takes a whole second to measure a rate that nobody reads. */
export async function readUsage(engine: EngineAddress, id: string): Promise<Usage> {
  const query = { stream: false, 'one-shot': true }
  const answer = await requestEngine<Answer>(engine, { method: 'GET', path: `/containers/${id}/stats`, query })
  const memory = answer.memory_stats
  // The page cache of files read once is not the workload's need: cgroup v1 calls it total_inactive_file, v2 inactive_file.
  const cacheBytes = memory?.stats?.total_inactive_file ?? memory?.stats?.inactive_file ?? 0
  return {
    cpuMs: Math.round((answer.cpu_stats?.cpu_usage?.total_usage ?? 0) / 1e6),
    memoryBytes: Math.max(0, (memory?.usage ?? 0) - cacheBytes),
    processes: answer.pids_stats?.current ?? 0,
  }
}
