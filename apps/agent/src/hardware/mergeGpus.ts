import type { Hardware } from '@hotaru/protocol'
import type { SeenGpu } from './Gpu.ts'

/**
 * Makes one list of cards out of what several sources saw, best source first: the same address is the same card, and
 * where a source has no addresses, the same make that nobody of that source was matched with yet.
 */
export function mergeGpus(...sources: readonly SeenGpu[][]): Hardware['gpus'] {
  const cards: SeenGpu[] = []
  for (const source of sources) {
    const taken = new Set<SeenGpu>()
    for (const seen of source) {
      const card = cards.find((known) => !taken.has(known) && isSame(known, seen))
      if (card) {
        Object.assign(card, join(card, seen))
        taken.add(card)
      } else {
        const added = { ...seen }
        cards.push(added)
        taken.add(added)
      }
    }
  }
  return cards.sort(byAddress).map(({ vendorId, deviceId, ...gpu }) => gpu)
}

function isSame(a: SeenGpu, b: SeenGpu): boolean {
  if (a.pciAddress !== null && b.pciAddress !== null) return a.pciAddress === b.pciAddress
  if (a.vendorId !== b.vendorId || a.vendorId === null) return false
  return a.deviceId === null || b.deviceId === null || a.deviceId === b.deviceId
}

/** The first source to know something is right; only a name out of the PCI table gives way to a real one. */
function join(a: SeenGpu, b: SeenGpu): SeenGpu {
  const isTableName = a.seenBy.every((source) => source === 'pci')
  return {
    name: isTableName ? b.name : a.name,
    vendor: a.vendor,
    pciAddress: a.pciAddress ?? b.pciAddress,
    uuid: a.uuid ?? b.uuid,
    memoryBytes: a.memoryBytes ?? b.memoryBytes,
    driverVersion: a.driverVersion ?? b.driverVersion,
    seenBy: [...a.seenBy, ...b.seenBy],
    vendorId: a.vendorId ?? b.vendorId,
    deviceId: a.deviceId ?? b.deviceId,
  }
}

function byAddress(a: SeenGpu, b: SeenGpu): number {
  return (a.pciAddress ?? '~').localeCompare(b.pciAddress ?? '~')
}
