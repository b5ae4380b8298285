import type { SeenGpu } from './Gpu.ts'
import type { Probe } from './Probe.ts'
import { gpuVendors } from './readPciGpus.ts'

/** What Vulkan can use, of any vendor. Software renderers, which are of type CPU, are no GPUs. */
export async function readVulkanGpus(probe: Probe): Promise<SeenGpu[]> {
  const text = await probe.run('vulkaninfo', ['--summary']).catch(() => '')
  // One block a device, `key = value` a line, behind the heading `GPU0:`.
  return text
    .split(/^GPU\d+:\s*$/m)
    .slice(1)
    .flatMap((block) => parseDevice(block) ?? [])
}

function parseDevice(block: string): SeenGpu | undefined {
  const value = (key: string) => new RegExp(`^\\s*${key}\\s*=\\s*(.+?)\\s*$`, 'm').exec(block)?.[1] ?? null
  const type = value('deviceType')
  const name = value('deviceName')
  if (name === null || type === null || /_CPU$|_OTHER$|_VIRTUAL_GPU$/.test(type)) return undefined
  const vendorId = toNumber(value('vendorID'))
  return {
    name,
    vendor: (vendorId === null ? undefined : gpuVendors[vendorId]) ?? value('driverName') ?? 'unknown',
    pciAddress: null,
    uuid: null,
    memoryBytes: null,
    driverVersion: value('driverInfo'),
    seenBy: ['vulkan'],
    vendorId,
    deviceId: toNumber(value('deviceID')),
  }
}

function toNumber(text: string | null): number | null {
  return text !== null && /^0x[0-9a-f]+$/i.test(text) ? Number.parseInt(text, 16) : null
}
