import type { Tier } from '@hotaru/protocol'

/** What a renter wants of a machine. Fields left out do not matter to him. */
export type Wish = {
  /** What the audit measured: a processor or GPUs. */
  kind?: 'cpu' | 'gpu' | undefined
  /** Slots at once on one machine. @default 1 */
  slots?: number | undefined
  /** Millionths of a US dollar for one slot and hour, at the most. */
  maxUsdPerSlotHour?: bigint | undefined
  /** The weakest wall that will do. */
  tier?: Tier | undefined
  /** How long the lease shall be at the least. */
  minSeconds?: number | undefined
  /** Only this machine. */
  machineId?: bigint | undefined
}
