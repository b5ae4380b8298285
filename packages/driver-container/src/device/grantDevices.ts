import type { Engine } from '../engine/Engine.ts'
import type { ContainerDevice } from './findDevices.ts'

/** The parts of a container's configuration that give it devices. */
export type Grant = {
  env: string[]
  hostConfig: {
    DeviceRequests?: { Driver: string; DeviceIDs: string[]; Capabilities: string[][] }[]
    Devices?: { PathOnHost: string; PathInContainer: string; CgroupPermissions: string }[]
    GroupAdd?: string[]
  }
  /** CDI names for Podman's own API, whose compatible API drops device requests without a word. */
  cdi: string[]
}

/** Whole devices only, each by its own name: never "all", never a share. */
export function grantDevices(engine: Pick<Engine, 'kind'>, devices: readonly ContainerDevice[]): Grant {
  const uuids = devices.flatMap(({ grant }) => (grant.by === 'nvidia' ? [grant.uuid] : []))
  const paths = devices.filter(({ grant }) => grant.by === 'nodes').flatMap(({ nodes }) => nodes)
  const grant: Grant = {
    // An image that says "all" gets nothing; where devices are granted the engine writes their names over this.
    env: uuids.length > 0 && engine.kind === 'docker' ? [] : ['NVIDIA_VISIBLE_DEVICES=void'],
    hostConfig: {},
    cdi: engine.kind === 'podman' ? uuids.map((uuid) => `nvidia.com/gpu=${uuid}`) : [],
  }
  if (uuids.length > 0 && engine.kind === 'docker')
    grant.hostConfig.DeviceRequests = [
      { Driver: 'nvidia', DeviceIDs: uuids, Capabilities: [['gpu', 'compute', 'utility', 'graphics']] },
    ]
  if (paths.length > 0) {
    grant.hostConfig.Devices = [...new Set(paths)].map((path) => ({
      PathOnHost: path,
      PathInContainer: path,
      CgroupPermissions: 'rw',
    }))
    grant.hostConfig.GroupAdd = ['video', 'render']
  }
  return grant
}
