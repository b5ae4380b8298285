import { z } from 'zod'

/** What an agent found on its machine. A claim: only an audit's class is measured by others. */
export const hardwareSchema = z.object({
  cpu: z.object({ model: z.string(), cores: z.int() }),
  memoryBytes: z.int(),
  disk: z.object({ freeBytes: z.int(), totalBytes: z.int(), writeBytesPerSecond: z.number().nullable() }),
  gpus: z.array(
    z.object({
      name: z.string(),
      vendor: z.string(),
      /** `0000:01:00.0`; null where the operating system does not say. */
      pciAddress: z.string().nullable(),
      uuid: z.string().nullable(),
      memoryBytes: z.int().nullable(),
      driverVersion: z.string().nullable(),
      /** Which tools saw this GPU: `nvidia-smi`, `pci`, `vulkan`. */
      seenBy: z.array(z.string()),
    }),
  ),
  network: z.object({ interfaces: z.array(z.object({ name: z.string(), linkMbps: z.number().nullable() })) }),
  system: z.object({ platform: z.string(), release: z.string(), architecture: z.string() }),
})
export type Hardware = z.infer<typeof hardwareSchema>

/** How many slots the hardware has: one a GPU, or one for the processor where there is no GPU. */
export function slotsOf(hardware: Hardware): number {
  return Math.max(1, hardware.gpus.length)
}
