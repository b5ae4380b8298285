import { availableParallelism, cpus, release, totalmem } from 'node:os'
import type { Clock } from '@hotaru/base'
import type { Hardware } from '@hotaru/protocol'
import { measureDisk } from './measureDisk.ts'
import { mergeGpus } from './mergeGpus.ts'
import { type Probe, systemProbe } from './Probe.ts'
import { readNetwork } from './readNetwork.ts'
import { readNvidiaGpus } from './readNvidiaGpus.ts'
import { readPciGpus } from './readPciGpus.ts'
import { readVulkanGpus } from './readVulkanGpus.ts'

/**
 * Finds out what this machine is. No source is needed: one that is missing, broken or hanging only leaves out what it
 * alone knows. Takes a second or so, up to some ten where a vendor's tool hangs: ask rarely, keep the answer.
 *
 * @param directory Where leases will live, for the disk.
 */
export async function detectHardware(directory: string, options: detectHardware.Options): Promise<Hardware> {
  const { clock, probe = systemProbe } = options
  const [nvidia, pci, vulkan, network, disk] = await Promise.all([
    readNvidiaGpus(probe),
    readPciGpus(probe),
    readVulkanGpus(probe),
    readNetwork(probe),
    measureDisk(directory, clock),
  ])
  return {
    cpu: { model: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
    memoryBytes: totalmem(),
    disk,
    gpus: mergeGpus(nvidia, pci, vulkan),
    network,
    system: { platform: process.platform, release: release(), architecture: process.arch },
  }
}

export declare namespace detectHardware {
  type Options = {
    clock: Clock
    /** @default systemProbe */
    probe?: Probe | undefined
  }
}
