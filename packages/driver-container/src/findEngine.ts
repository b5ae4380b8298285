import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'
import type { Component, Engine } from './engine/Engine.ts'
import { requestEngine } from './engine/requestEngine.ts'

/** The newest API version this client was written against; an engine that speaks an older one is spoken to in that. */
const newestApi = '1.47'

/**
 * Finds a container engine that answers: the one named, else Docker's usual sockets, else Podman's.
 *
 * Undefined when there is none. Throws only when an engine was named and does not answer.
 */
export async function findEngine(options: findEngine.Options = {}): Promise<Engine | undefined> {
  if (options.dockerHost !== undefined) return askEngine(socketPathOf(options.dockerHost))
  for (const socketPath of options.socketPaths ?? usualSockets()) {
    if (!existsSync(socketPath)) continue
    try {
      return await askEngine(socketPath)
    } catch {
      // A socket that is left over, or not ours to open: the next one may do.
    }
  }
  return undefined
}

export declare namespace findEngine {
  type Options = {
    /** As in `DOCKER_HOST`: `unix:///path`; the only place looked at when given. */
    dockerHost?: string | undefined
    /** Where to look. @default the usual places of Docker, Docker Desktop, rootless Docker and Podman */
    socketPaths?: readonly string[] | undefined
  }
}

type VersionAnswer = {
  Version: string
  ApiVersion: string
  Components?: { Name: string; Version: string; Details?: Record<string, string> }[]
}

/** Asks the engine behind a socket who it is. Throws `EngineUnreachableError` when nobody answers. */
export async function askEngine(socketPath: string): Promise<Engine> {
  const answer = await requestEngine<VersionAnswer>(
    { socketPath },
    { method: 'GET', path: '/version', timeoutMs: 5_000 },
  )
  const parts = answer.Components ?? []
  return {
    kind: parts.some((part) => part.Name === 'Podman Engine') ? 'podman' : 'docker',
    socketPath,
    version: answer.Version,
    apiVersion: olderOf(answer.ApiVersion, newestApi),
    components: Object.fromEntries(parts.map((part) => [nameOf(part.Name), componentOf(part)])),
  }
}

function usualSockets(): string[] {
  const user = process.getuid?.()
  return [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    `/run/user/${user}/docker.sock`,
    '/run/podman/podman.sock',
    `/run/user/${user}/podman/podman.sock`,
  ]
}

function socketPathOf(dockerHost: string): string {
  const match = /^unix:\/\/(\/.+)$/.exec(dockerHost)
  if (match?.[1] === undefined) throw new EngineAddressError({ dockerHost })
  return match[1]
}

function olderOf(theirs: string, ours: string): string {
  const [major = 0, minor = 0] = theirs.split('.').map(Number)
  const [ourMajor = 0, ourMinor = 0] = ours.split('.').map(Number)
  return major < ourMajor || (major === ourMajor && minor < ourMinor) ? theirs : ours
}

/** Podman says `OCI Runtime (crun)` where Docker says `runc`. */
function nameOf(name: string): string {
  return /^OCI Runtime \((\w+)\)$/.exec(name)?.[1] ?? name
}

function componentOf({ Version, Details }: { Version: string; Details?: Record<string, string> }): Component {
  // Podman answers with the whole of `crun --version` here, Docker with the number alone.
  const version = /\d+(\.\d+)+[^\s,;]*/.exec(Version)?.[0] ?? Version
  return { version, revision: Details?.GitCommit || undefined }
}

/** The address of the engine is not one this driver can use. */
export class EngineAddressError extends BaseError {
  override readonly name = 'Engine.AddressError'

  constructor({ dockerHost }: { dockerHost: string }) {
    super(`Cannot use the engine at "${dockerHost}": it is not a unix socket, expected "unix:///path/to/docker.sock"`, {
      hint: 'an engine on another host would run the workload there, not on this machine: name a local socket',
      exitCode: 2,
    })
  }
}
