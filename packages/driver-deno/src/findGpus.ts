import { readdir, readFile, realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** A GPU of the host, with everything a box must show for a program to use it and no other. */
export type Gpu = {
  /** PCI address, `0000:01:00.0`. */
  id: string
  /** Device files of this GPU alone, then those that all GPUs of its maker share. */
  nodes: readonly string[]
  /** Read-only directories by which drivers recognise the device. */
  facts: readonly string[]
}

/** Finds GPUs by their render nodes, which is what Vulkan opens, and NVIDIA's own device files beside them. */
export async function findGpus(): Promise<Gpu[]> {
  const names = await readdir('/sys/class/drm').catch((): string[] => [])
  const gpus = await Promise.all(names.filter((name) => /^renderD\d+$/.test(name)).map(readGpu))
  return gpus.filter((gpu) => gpu !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1))
}

async function readGpu(render: string): Promise<Gpu | undefined> {
  const device = await realpath(join('/sys/class/drm', render, 'device')).catch(() => undefined)
  if (!device) return undefined
  const id = basename(device)
  return {
    id,
    nodes: [join('/dev/dri', render), ...(await nvidiaNodes(id))],
    facts: [device, '/sys/dev/char'],
  }
}

/** NVIDIA's closed driver has its own device files: one a GPU, by a number it chose itself, and three for all. */
async function nvidiaNodes(id: string): Promise<string[]> {
  const text = await readFile(`/proc/driver/nvidia/gpus/${id}/information`, 'utf8').catch(() => '')
  const minor = /Device Minor:\s*(\d+)/.exec(text)?.[1]
  if (minor === undefined) return []
  return [`/dev/nvidia${minor}`, '/dev/nvidiactl', '/dev/nvidia-uvm', '/dev/nvidia-modeset']
}
