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
  'gpu-80g-fast': [
    { names: ['H100 PCIe'], tops: 1513, memoryGib: 80 },
    { names: ['H100 80GB HBM3', 'H100'], tops: 1979, memoryGib: 80 },
  ],
  'gpu-141g': [{ names: ['H200'], tops: 1979, memoryGib: 140 }],
}

/**
 * What a new network starts with; afterwards votes change it. Nothing was calibrated: rows of processors are orders of
 * magnitude, those of GPUs follow from the cards above.
 */
export const initialClassTable: readonly ClassRow[] = [
  // Anything that answers.
  cpuRow('cpu-small', { computeFrom: 0, computeTo: 66, memoryFrom: 0 }),
  // 0.4 · 10⁹ multiply-adds a second, about one core in plain JavaScript, and 90 % of 8 GiB.
  cpuRow('cpu-home', { computeFrom: 57, computeTo: 72, memoryFrom: bandOfGib(8) }),
  // 9 · 10⁹: several cores with vector instructions, and 90 % of 32 GiB.
  cpuRow('cpu-workstation', { computeFrom: 66, computeTo: 78, memoryFrom: bandOfGib(32) }),
  // 100 · 10⁹: dozens of cores, and 90 % of 128 GiB.
  cpuRow('cpu-server', { computeFrom: 73, computeTo: 84, memoryFrom: bandOfGib(128) }),
  ...Object.entries(cards).map(([name, of]) => gpuRow(name, of)),
]

function cpuRow(name: string, bands: Pick<ClassRow, 'computeFrom' | 'computeTo' | 'memoryFrom'>): ClassRow {
  return { name, kind: 'cpu', ...bands, pointsPerSlot: weighBands(bands), calibrated: false }
}

/**
 * From half of the slowest card's rate to all of the fastest one's. Half is a guess on the safe side: 80 % were read on an
 * H200. A multiply-add is two operations. Of its memory a card shows nine tenths: the rest is the system's.
 */
function gpuRow(name: string, of: readonly Card[]): ClassRow {
  const rates = of.map(({ tops }) => (tops / 2) * 1e12)
  const computeFrom = toBand(Math.min(...rates) / 2)
  const computeTo = toBand(Math.max(...rates))
  const memoryFrom = bandOfGib(Math.min(...of.map(({ memoryGib }) => memoryGib)))
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

function bandOfGib(gib: number): number {
  return toBand(0.9 * gib * 2 ** 30)
}
