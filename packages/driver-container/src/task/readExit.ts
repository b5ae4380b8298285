import type { Exit } from '@hotaru/protocol'
import type { Container } from '../engine/containers.ts'
import { taskRecords } from '../warden/TaskRecord.ts'
import type { Shop } from './Shop.ts'

/** 128 + SIGKILL and 128 + SIGTERM: how a program ends that somebody killed. */
const killed = 137
const terminated = 143

/** How a container that does not run has ended; `lost` when it is gone or never began. */
export async function readExit(shop: Shop, taskId: string, container: Container | undefined): Promise<Exit> {
  if (container === undefined || container.State.Status === 'created') return { code: null, reason: 'lost' }
  const { ExitCode: code, OOMKilled } = container.State
  const verdict = await taskRecords.verdict(shop.directory, taskId)
  if (verdict === 'stopped') return { code: code === killed || code === terminated ? null : code, reason: 'stopped' }
  // A program that ended by itself at the very moment was not ended by us.
  if (verdict !== undefined && code === killed) return { code: null, reason: verdict }
  if (OOMKilled && code !== 0) return { code: null, reason: 'memory' }
  // Podman does not tell; but nothing inside a container can kill its first process, so with no verdict of ours it was
  // the kernel. Docker puts an init process first, and tells.
  if (shop.engine.kind === 'podman' && code === killed) return { code: null, reason: 'memory' }
  return { code, reason: 'exited' }
}
