import { stat } from 'node:fs/promises'
import type { DeviceCheck } from '@hotaru/driver'
import type { EngineAddress } from '../engine/Engine.ts'
import { execInContainer } from '../engine/execInContainer.ts'

/**
 * Looks inside a running container for the device nodes it was granted: engines are known to start it without them and
 * say nothing.
 *
 * As root the agent looks through the kernel's own view of the workload's files; otherwise it runs `ls` inside.
 */
export async function verifyDevices(
  engine: EngineAddress,
  container: { id: string; pid: number },
  nodes: readonly string[],
): Promise<DeviceCheck> {
  const missing: string[] = []
  for (const node of nodes) {
    if (!(await isDevice(engine, container, node))) missing.push(node)
  }
  if (missing.length === 0) return { ok: true, found: nodes }
  return { ok: false, reason: `"${missing.join('", "')}" is not there inside the workload` }
}

async function isDevice(
  engine: EngineAddress,
  { id, pid }: { id: string; pid: number },
  node: string,
): Promise<boolean> {
  try {
    return (await stat(`/proc/${pid}/root${node}`)).isCharacterDevice()
  } catch (error) {
    const refused = error instanceof Error && 'code' in error && error.code === 'EACCES'
    return refused && (await isListed(engine, id, node))
  }
}

async function isListed(engine: EngineAddress, id: string, node: string): Promise<boolean> {
  const { output, code } = await execInContainer(engine, id, { command: ['ls', '-l', node] })
  let said = ''
  for await (const { bytes } of output) said += Buffer.from(bytes).toString('utf8')
  return (await code) === 0 && said.startsWith('c')
}
