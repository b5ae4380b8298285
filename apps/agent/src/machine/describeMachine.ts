import type { Fingerprint } from '@hotaru/driver'
import { type Hardware, type Offer, tiers } from '@hotaru/protocol'
import type { Registration } from './registerOwnMachine.ts'

/** What a machine is registered with: as many slots as its drivers can give, at the tier of the weakest of them. */
export function describeMachine(
  hardware: Hardware,
  found: readonly Fingerprint[],
  { endpoint, terms }: { endpoint: string; terms: Omit<Offer, 'tier'> },
): Registration {
  const healthy = found.filter((driver) => driver.healthy)
  const gpus = healthy.map((driver) => driver.devices.filter((device) => device.kind === 'gpu').length)
  const slots = Math.min(mostSlots, Math.max(1, ...gpus))
  // A renter may pick any of the drivers, so the offer promises what every one of them keeps.
  const tier = tiers.find((one) => healthy.some((driver) => driver.tier === one)) ?? 'process'
  return { slots, offer: { ...terms, tier }, endpoint, claim: toClaim(hardware) }
}

/** The claim as JSON, short enough for the ledger: details go first where it is too long. */
export function toClaim(hardware: Hardware): string {
  const whole = JSON.stringify(hardware)
  if (Buffer.byteLength(whole) <= longestClaimBytes) return whole
  const { cpu, memoryBytes, disk, system } = hardware
  const gpus = hardware.gpus.slice(0, 16).map((gpu) => ({ ...gpu, uuid: null, seenBy: [] }))
  return JSON.stringify({ cpu, memoryBytes, disk, gpus, network: { interfaces: [] }, system })
}

/** `Machines.MAX_SLOTS` and `Machines.MAX_CLAIM_BYTES` of the ledger. */
const mostSlots = 64
const longestClaimBytes = 4096
