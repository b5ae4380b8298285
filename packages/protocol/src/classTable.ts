import { type Class, toBand } from './Class.ts'

/** A row of the ledger's table of classes: what a measured slot is called, and what it weighs in rewards. */
export type ClassRow = {
  /** What a slot of this row can do; at most 16 ASCII characters, and no other row's. */
  name: string
  kind: Class['kind']
  /** The bands of compute and memory from which a slot is of this row. */
  computeFrom: number
  memoryFrom: number
  /** The band above which it is faster than anything of this row can be. */
  computeTo: number
  pointsPerSlot: number
  /** Whether the bands were measured on such hardware, and not taken from its data sheet. */
  calibrated: boolean
}

/** A card that can be claimed, by its data sheet. */
export type Card = {
  /** As drivers spell them, without the maker's name. */
  names: readonly string[]
  /** Multiplications and additions of 8-bit integers that it can do, in 10¹² a second, without sparsity. */
  tops: number
  memoryGib: number
}

/**
 * Cards by the row that a claim of one means, the slowest first. On the ledger there are no names: a row knows what was
 * measured. Figures are the makers': `tops` of tensor cores, or of `dp4a` where there are none (GTX 1660).
 */
export const cards: Readonly<Record<string, readonly Card[]>> = {
  'gpu-6g': [{ names: ['GTX 1660', 'GTX 1660 SUPER'], tops: 20, memoryGib: 6 }],
  'gpu-8g': [
    { names: ['RTX 4060'], tops: 121, memoryGib: 8 },
    { names: ['RTX 3060 Ti'], tops: 130, memoryGib: 8 },
    { names: ['RTX 3070'], tops: 163, memoryGib: 8 },
  ],
  'gpu-12g': [{ names: ['RTX 3060'], tops: 101, memoryGib: 12 }],
  'gpu-24g': [
    { names: ['RTX 3090'], tops: 284, memoryGib: 24 },
    { names: ['RTX 3090 Ti'], tops: 320, memoryGib: 24 },
  ],
  'gpu-24g-fast': [{ names: ['RTX 4090'], tops: 660, memoryGib: 24 }],
  'gpu-40g': [{ names: ['A100 40GB', 'A100 PCIe 40GB'], tops: 624, memoryGib: 40 }],
  'gpu-80g': [{ names: ['A100 80GB', 'A100 80GB PCIe'], tops: 624, memoryGib: 80 }],
  // An H200 too: of its 141 GB, as of 80, it can prove 64 GiB, and it computes like an H100.
  'gpu-80g-fast': [
    { names: ['H100 PCIe'], tops: 1513, memoryGib: 80 },
    { names: ['H100 80GB HBM3', 'H100'], tops: 1979, memoryGib: 80 },
    { names: ['H200'], tops: 1979, memoryGib: 140 },
  ],
}

/**
 * What a new network starts with; afterwards votes change it. Nothing was calibrated on more than one machine: rows of
 * processors follow from one core of a server of 2024, which makes 124 · 10⁹ multiply-adds a second in our kernel, those of
 * GPUs from the cards above. A processor proves 2 GiB at the most, because no more is filled.
 */
export const initialClassTable: readonly ClassRow[] = [
  // Anything that answers; a core of four times the measured one that lacks memory.
  cpuRow('cpu-small', { computeFrom: 0, computeTo: toBand(4e11), memoryFrom: 0 }),
  // One core, to the eight of a workstation.
  cpuRow('cpu-home', { computeFrom: toBand(1e11), computeTo: toBand(1e12), memoryFrom: provedBand(0.5) }),
  // Eight cores, to 64.
  cpuRow('cpu-workstation', { computeFrom: toBand(1e12), computeTo: toBand(8e12), memoryFrom: provedBand(1) }),
  // 32 cores, to two sockets of 128.
  cpuRow('cpu-server', { computeFrom: toBand(4e12), computeTo: toBand(32e12), memoryFrom: provedBand(2) }),
  ...Object.entries(cards).map(([name, of]) => gpuRow(name, of)),
]

function cpuRow(name: string, bands: Pick<ClassRow, 'computeFrom' | 'computeTo' | 'memoryFrom'>): ClassRow {
  return { name, kind: 'cpu', ...bands, pointsPerSlot: weighBands(bands), calibrated: false }
}

/**
 * From half of the slowest card's rate to all of the fastest one's. Half is a guess on the safe side: 80 % were read on an
 * H200. A multiply-add is two operations. Nine tenths of a card's memory are free, and cells fill a power of two of them.
 */
function gpuRow(name: string, of: readonly Card[]): ClassRow {
  const rates = of.map(({ tops }) => (tops / 2) * 1e12)
  const computeFrom = toBand(Math.min(...rates) / 2)
  const computeTo = toBand(Math.max(...rates))
  const smallestGib = Math.min(...of.map(({ memoryGib }) => memoryGib))
  const memoryFrom = provedBand(2 ** Math.floor(Math.log2(0.9 * smallestGib)))
  const pointsPerSlot = weighBands({ computeFrom, memoryFrom })
  return { name, kind: 'gpu', computeFrom, computeTo, memoryFrom, pointsPerSlot, calibrated: false }
}

/**
 * The root of compute times the root of memory, because twice the speed of a card is worth less than two cards: in bands,
 * 2^((compute + memory − 112) ÷ 4), rounded down, and 1 at least. 112 weighs one: below a home PC with a few GiB.
 */
function weighBands({ computeFrom, memoryFrom }: { computeFrom: number; memoryFrom: number }): number {
  return Math.max(1, Math.floor(2 ** ((computeFrom + memoryFrom - 112) / 4)))
}

/** Of what is filled a little less than all is proved (docs/proof.md, the walk): nine tenths, to be safe. */
function provedBand(filledGib: number): number {
  return toBand(0.9 * filledGib * 2 ** 30)
}
