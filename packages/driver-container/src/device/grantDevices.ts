import type { Engine } from '../engine/Engine.ts'
import type { ContainerDevice } from './findDevices.ts'

/** The parts of a container's configuration that give it devices. */
export type Grant = {
  env: string[]
  hostConfig: {
    DeviceRequests?: { Driver: string; DeviceIDs: string[]; Capabilities: string[][] }[]
    Devices: { PathOnHost: string; PathInContainer: string; CgroupPermissions: string }[]
    GroupAdd: string[]
  }
  /** CDI names for Podman's own API, whose compatible API drops device requests without a word. */
  cdi: string[]
}

/** Whole devices only, each by its own name: never "all", never a share. */
export function grantDevices(engine: Pick<Engine, 'kind'>, devices: readonly ContainerDevice[]): Grant {
  const uuids: string[] = []
  const paths = new Set<string>()
  const groups = new Set<number>()
  for (const { grant, nodes } of devices) {
    if (grant.by === 'nvidia') uuids.push(grant.uuid)
    else {
      for (const node of nodes) paths.add(node)
      for (const group of grant.groups) groups.add(group)
    }
  }
  const isRequested = uuids.length > 0 && engine.kind === 'docker'
  return {
    // An image that says "all" gets nothing; where devices are requested the engine writes their names over this.
    env: isRequested ? [] : ['NVIDIA_VISIBLE_DEVICES=void'],
    hostConfig: {
      ...(isRequested
        ? { DeviceRequests: [{ Driver: 'nvidia', DeviceIDs: uuids, Capabilities: wantedOfNvidia }] }
        : {}),
      Devices: [...paths].map((path) => ({ PathOnHost: path, PathInContainer: path, CgroupPermissions: 'rw' })),
      GroupAdd: [...groups].map(String),
    },
    cdi: engine.kind === 'podman' ? uuids.map((uuid) => `nvidia.com/gpu=${uuid}`) : [],
  }
}

/** CUDA, the tools that read the card, and Vulkan. */
const wantedOfNvidia = [['gpu', 'compute', 'utility', 'graphics']]
