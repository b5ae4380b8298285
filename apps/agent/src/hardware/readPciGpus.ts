import type { SeenGpu } from './Gpu.ts'
import type { Probe } from './Probe.ts'

const devices = '/sys/bus/pci/devices'

/** Makers of GPUs by their PCI id. */
export const gpuVendors: Readonly<Record<number, string>> = {
  4098: 'AMD',
  4318: 'NVIDIA',
  7893: 'Moore Threads',
  32902: 'Intel',
}

/** Makers of adapters that only show a picture: server management chips and virtual machines. */
const displayOnly = new Set([0x1a03, 0x102b, 0x1013, 0x1234, 0x1414, 0x15ad, 0x1af4, 0x1b36])

/** What the Linux kernel sees on the PCI bus, of any vendor, driver or no driver. None elsewhere. */
export async function readPciGpus(probe: Probe): Promise<SeenGpu[]> {
  const addresses = await probe.list(devices).catch(() => [])
  const found = await Promise.all(addresses.sort().map((address) => readDevice(probe, address)))
  return found.filter((gpu) => gpu !== undefined)
}

async function readDevice(probe: Probe, address: string): Promise<SeenGpu | undefined> {
  const at = `${devices}/${address}`
  const classCode = await readHex(probe, `${at}/class`)
  const vendorId = await readHex(probe, `${at}/vendor`)
  if (classCode === null || vendorId === null || !isGpu(classCode, vendorId)) return undefined
  const deviceId = await readHex(probe, `${at}/device`)
  const vendor = gpuVendors[vendorId] ?? `vendor ${hex(vendorId)}`
  // The amdgpu driver says how much memory is on the card; others need their vendor's tool.
  const memory = await probe.read(`${at}/mem_info_vram_total`).catch(() => '')
  return {
    name: `${vendor} ${deviceId === null ? 'GPU' : hex(deviceId)}`,
    vendor,
    pciAddress: address.toLowerCase(),
    uuid: null,
    memoryBytes: /^\d+$/.test(memory) ? Number(memory) : null,
    driverVersion: null,
    seenBy: ['pci'],
    vendorId,
    deviceId,
  }
}

/** Class 0x03 is display controllers; 0x12, processing accelerators, is where data centre cards of AMD are. */
function isGpu(classCode: number, vendorId: number): boolean {
  const base = classCode >> 16
  if (base === 0x03) return !displayOnly.has(vendorId)
  return base === 0x12 && vendorId in gpuVendors
}

async function readHex(probe: Probe, path: string): Promise<number | null> {
  const text = await probe.read(path).catch(() => '')
  return /^0x[0-9a-f]+$/i.test(text) ? Number.parseInt(text, 16) : null
}

function hex(id: number): string {
  return id.toString(16).padStart(4, '0')
}
