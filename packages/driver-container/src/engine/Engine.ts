/** A container engine that answers on a unix socket; plain data, so that it can be written down and found again. */
export type Engine = {
  kind: 'docker' | 'podman'
  /** Absolute path of the unix socket. */
  socketPath: string
  /** Version of the engine itself, as it says it: `20.10.24+dfsg1`. */
  version: string
  /** The API version both sides speak, without the `v`: `1.41`. */
  apiVersion: string
  /** What the engine is made of and runs workloads with: `{ runc: '1.1.5+ds1', containerd: … }`. */
  components: Readonly<Record<string, Component>>
}

/** One part of an engine. */
export type Component = {
  version: string
  /** The package revision or commit behind the version, where the engine tells it: `1.1.5+ds1-1+deb12u1`. */
  revision: string | undefined
}

/** Bytes that a workload wrote, and where to. */
export type Output = { stream: 'stdout' | 'stderr'; bytes: Uint8Array }

/** What every call needs to reach an engine; the version may be missing while it is still being asked. */
export type EngineAddress = { socketPath: string; apiVersion?: string | undefined }
