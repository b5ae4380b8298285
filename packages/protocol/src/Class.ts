/**
 * What an audit measured of a machine; the name on the card is only a claim.
 *
 * Bands are logarithmic buckets, half-octaves: band b covers rates from 2^(b/2) to 2^((b+1)/2).
 */
export type Class = {
  kind: 'cpu' | 'gpu'
  /** Multiply-adds a second on the audit's integer products, as a band. */
  computeBand: number
  /** Bytes a workload can have, as a band. */
  memoryBand: number
  /** How many slots were measured. */
  slots: number
}

/** The band of a positive quantity. */
export function toBand(quantity: number): number {
  return quantity <= 1 ? 0 : Math.floor(2 * Math.log2(quantity))
}

/** The least quantity of a band. */
export function fromBand(band: number): number {
  return 2 ** (band / 2)
}

/** A class as a short word for tables and receipts: `cpu-c57-m68x1`. */
export function formatClass(measured: Class): string {
  return `${measured.kind}-c${measured.computeBand}-m${measured.memoryBand}x${measured.slots}`
}
