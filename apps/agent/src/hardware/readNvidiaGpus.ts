import type { SeenGpu } from './Gpu.ts'
import type { Probe } from './Probe.ts'

const fields = ['uuid', 'name', 'pci.bus_id', 'driver_version', 'memory.total'] as const
const query = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits']

/** NVIDIA's own tool, which comes with the driver. None when it is missing, broken or hangs. */
export async function readNvidiaGpus(probe: Probe): Promise<SeenGpu[]> {
  const csv = await probe.run('nvidia-smi', query).catch(() => '')
  return csv.split('\n').flatMap((line) => parseLine(line) ?? [])
}

/** A broken driver prints sentences instead of rows, and `[N/A]` instead of values. */
function parseLine(line: string): SeenGpu | undefined {
  const [uuid, name, busId, driverVersion, memoryMib] = line.split(',').map((cell) => cell.trim())
  const pciAddress = toPciAddress(busId ?? '')
  if (!uuid?.startsWith('GPU-') || !name || pciAddress === null) return undefined
  return {
    name,
    vendor: 'NVIDIA',
    pciAddress,
    uuid,
    memoryBytes: /^\d+$/.test(memoryMib ?? '') ? Number(memoryMib) * 2 ** 20 : null,
    driverVersion: driverVersion && !driverVersion.startsWith('[') ? driverVersion : null,
    seenBy: ['nvidia-smi'],
    vendorId: 0x10de,
    deviceId: null,
  }
}

/** `00000000:01:00.0` of the tool is `0000:01:00.0` of the kernel. */
function toPciAddress(busId: string): string | null {
  const match = /^(?:[0-9a-f]{4})?([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f])$/i.exec(busId)
  return match?.[1]?.toLowerCase() ?? null
}
