import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Device } from '@hotaru/driver'

/** A GPU of this machine, and how a container gets it. */
export type ContainerDevice = Device & {
  grant: /** Through the vendor's hook or CDI; NVIDIA's libraries have to come along with the node. */
    | { by: 'nvidia'; uuid: string }
    /** Device nodes are enough: AMD and Intel bring their libraries in the image. */
    | { by: 'nodes'; groups: readonly number[] }
  /** Nodes that must be there inside the workload. */
  nodes: readonly string[]
}

/** PCI numbers of the vendors whose GPUs work through device nodes alone. */
const vendors: Readonly<Record<string, string>> = { '0x1002': 'AMD', '0x8086': 'Intel' }

/**
 * Finds the GPUs of this machine that containers can have, in slot order: NVIDIA's by their minor number, then others
 * by their render node. Reads `/proc` and `/sys` only: a few milliseconds, nothing is started.
 */
export function findDevices(options: findDevices.Options = {}): ContainerDevice[] {
  const { root = '/' } = options
  return [...findNvidia(root), ...findRenderNodes(root)].map((device, slot) => ({ slot, kind: 'gpu', ...device }))
}

export declare namespace findDevices {
  type Options = {
    /** Where `/proc`, `/sys` and `/dev` are; a test hands in a folder. @default '/' */
    root?: string | undefined
  }
}

type Found = Pick<ContainerDevice, 'name' | 'id' | 'grant' | 'nodes'>

function findNvidia(root: string): Found[] {
  const folder = join(root, 'proc/driver/nvidia/gpus')
  return namesIn(folder)
    .map((bus) => readFileSync(join(folder, bus, 'information'), 'utf8'))
    .map((text) => (key: string) => new RegExp(`^${key}:\\s*(.+)$`, 'm').exec(text)?.[1]?.trim() ?? '')
    .sort((a, b) => Number(a('Device Minor')) - Number(b('Device Minor')))
    .map((value) => ({
      name: value('Model'),
      id: value('GPU UUID'),
      grant: { by: 'nvidia', uuid: value('GPU UUID') },
      nodes: [`/dev/nvidia${value('Device Minor')}`, '/dev/nvidiactl'],
    }))
}

function findRenderNodes(root: string): Found[] {
  const folder = join(root, 'sys/class/drm')
  return namesIn(folder)
    .filter((name) => /^renderD\d+$/.test(name))
    .sort()
    .flatMap((name) => {
      const vendor = vendors[readFileSync(join(folder, name, 'device/vendor'), 'utf8').trim()]
      if (vendor === undefined) return []
      const address = /^PCI_SLOT_NAME=(.+)$/m.exec(readFileSync(join(folder, name, 'device/uevent'), 'utf8'))?.[1]
      const nodes = [`/dev/dri/${name}`]
      // ROCm computes through one node for all cards; which card is decided by the render node beside it.
      if (vendor === 'AMD' && existsSync(join(root, 'dev/kfd'))) nodes.push('/dev/kfd')
      return [
        {
          name: `${vendor} GPU`,
          id: `pci:${address ?? basename(name)}`,
          grant: { by: 'nodes', groups: groupsOf(root, nodes) },
          nodes,
        } as const,
      ]
    })
}

/** Groups that may open the nodes here, by number: an image need not know the host's names. */
function groupsOf(root: string, nodes: readonly string[]): number[] {
  const there = nodes.map((node) => join(root, node)).filter((path) => existsSync(path))
  return [...new Set(there.map((path) => statSync(path).gid))]
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : []
}
