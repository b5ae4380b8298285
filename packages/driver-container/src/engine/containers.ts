import type { EngineAddress } from './Engine.ts'
import { requestEngine } from './requestEngine.ts'
import { EngineError } from './streamEngine.ts'

// The verbs of the Engine API that concern one container: each is one call, so they share a room.

/** What the engine tells of a container; only the fields that are read here. */
export type Container = {
  Id: string
  Name: string
  State: {
    Status: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead'
    Running: boolean
    OOMKilled: boolean
    /** Process of the workload on the host; 0 when it does not run. */
    Pid: number
    ExitCode: number
    Error: string
  }
  Config: { Labels: Record<string, string> | null; User: string }
}

/** Makes a container out of the body of `/containers/create`, under a name that is unique on the engine. */
export async function createContainer(engine: EngineAddress, name: string, body: object): Promise<string> {
  const call = { method: 'POST', path: '/containers/create', query: { name }, body } as const
  return (await requestEngine<{ Id: string }>(engine, call)).Id
}

/** The same through Podman's own API, which takes the name in the body. */
export async function createOnPodman(engine: EngineAddress, body: object): Promise<string> {
  const call = { method: 'POST', path: '/v4.0.0/libpod/containers/create', body } as const
  return (await requestEngine<{ Id: string }>(engine, call)).Id
}

export async function startContainer(engine: EngineAddress, id: string): Promise<void> {
  await requestEngine(engine, { method: 'POST', path: `/containers/${id}/start` })
}

/** Undefined when there is no such container. */
export async function inspectContainer(engine: EngineAddress, id: string): Promise<Container | undefined> {
  return unlessMissing(requestEngine<Container>(engine, { method: 'GET', path: `/containers/${id}/json` }))
}

/** Resolves when the container does not run (any more), or is gone; with `next-exit` it may still have to start. */
export async function waitForContainer(
  engine: EngineAddress,
  id: string,
  options: { condition?: 'not-running' | 'next-exit'; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const { condition = 'not-running', signal } = options
  const call = { method: 'POST', path: `/containers/${id}/wait`, query: { condition }, timeoutMs: 0, signal } as const
  await unlessMissing(requestEngine(engine, call))
}

/** Asks with SIGTERM and kills after `graceMs`, rounded up to whole seconds; resolves when it does not run. */
export async function stopContainer(engine: EngineAddress, id: string, graceMs: number): Promise<void> {
  const t = Math.ceil(graceMs / 1000)
  const call = { method: 'POST', path: `/containers/${id}/stop`, query: { t }, timeoutMs: graceMs + 60_000 } as const
  await unlessMissing(requestEngine(engine, call))
}

/** Kills at once; nothing happens when it does not run. */
export async function killContainer(engine: EngineAddress, id: string): Promise<void> {
  try {
    await unlessMissing(requestEngine(engine, { method: 'POST', path: `/containers/${id}/kill` }))
  } catch (error) {
    // Docker answers 409 and Podman 409 or 500 for a container that has ended meanwhile.
    const container = await inspectContainer(engine, id)
    if (container?.State.Running) throw error
  }
}

/** Kills and forgets the container with its anonymous volumes; safe to repeat. */
export async function removeContainer(engine: EngineAddress, id: string): Promise<void> {
  const query = { force: true, v: true }
  try {
    await unlessMissing(requestEngine(engine, { method: 'DELETE', path: `/containers/${id}`, query }))
  } catch (error) {
    if (!(error instanceof EngineError && error.status === 409)) throw error
    // Somebody else is removing it this very moment: wait until it is gone.
    const gone = { method: 'POST', path: `/containers/${id}/wait`, query: { condition: 'removed' } } as const
    await unlessMissing(requestEngine(engine, gone))
  }
}

/** One line of the list of containers. */
export type ListedContainer = { Id: string; Names: string[]; State: string; Labels: Record<string, string> | null }

/** All containers, running or not, that carry every one of the labels (`name=value`). */
export function listContainers(engine: EngineAddress, labels: readonly string[]): Promise<ListedContainer[]> {
  const query = { all: true, filters: JSON.stringify(labels.length > 0 ? { label: labels } : {}) }
  return requestEngine(engine, { method: 'GET', path: '/containers/json', query })
}

async function unlessMissing<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) return undefined
    throw error
  }
}
