import type { Exit } from '@hotaru/protocol'
import type { Container } from '../engine/containers.ts'
import { measureDirectory } from '../warden/measureDirectory.ts'
import { type TaskRecord, taskRecords, type Verdict } from '../warden/TaskRecord.ts'
import type { Shop } from './Shop.ts'

/** 128 + SIGKILL and 128 + SIGTERM: how a program ends that somebody killed. */
const killed = 137
const terminated = 143

/**
 * How a container that does not run has ended; `lost` when it is gone or never began.
 *
 * What was found out once is kept: the workload's directory belongs to others afterwards.
 */
export async function readExit(shop: Shop, taskId: string, container: Container | undefined): Promise<Exit> {
  const record = await taskRecords.read(shop.directory, taskId)
  if (record?.exit) return record.exit
  const verdict = await taskRecords.verdict(shop.directory, taskId)
  if (container === undefined) return lost
  // Made, judged before it ever ran, and never started.
  if (container.State.Status === 'created') return verdict === 'deadline' ? { code: null, reason: verdict } : lost
  const exit = judge(shop, container, verdict)
  const kept = exit.reason === 'exited' && record !== undefined && (await isOverQuota(record)) ? overQuota : exit
  if (record) await taskRecords.write(shop.directory, { ...record, exit: kept })
  return kept
}

const lost: Exit = { code: null, reason: 'lost' }
const overQuota: Exit = { code: null, reason: 'disk' }

/** A program can be done before the warden has looked. */
async function isOverQuota({ directory, diskBytes }: TaskRecord): Promise<boolean> {
  return (await measureDirectory(directory, diskBytes)) > diskBytes
}

function judge(shop: Shop, container: Container, verdict: Verdict | undefined): Exit {
  const { ExitCode: code, OOMKilled } = container.State
  if (verdict === 'stopped') return { code: code === killed || code === terminated ? null : code, reason: 'stopped' }
  // A program that ended by itself at the very moment was not ended by us.
  if (verdict !== undefined && code === killed) return { code: null, reason: verdict }
  if (OOMKilled && code !== 0) return { code: null, reason: 'memory' }
  // Podman does not tell; but nothing inside a container can kill its first process, so with no verdict of ours it was
  // the kernel. Docker puts an init process first, and tells.
  if (shop.engine.kind === 'podman' && code === killed) return { code: null, reason: 'memory' }
  return { code, reason: 'exited' }
}
