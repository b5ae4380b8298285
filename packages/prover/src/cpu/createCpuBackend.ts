import { availableParallelism } from 'node:os'
import type { Backend, Hex, Opening } from '@hotaru/proof'
import { fillForWalks } from './fillForWalks.ts'
import { toBytes, toHex } from './hex.ts'
import { compileKernel } from './Kernel.ts'
import { layOutProduct } from './layOutProduct.ts'
import { ClosedError, Team } from './Team.ts'

/**
 * The processor as a back end: WebAssembly with relaxed SIMD, on `threads` threads over one shared memory. It makes one
 * product at a time.
 *
 * Products take n² bytes and 336 · n for each thread, 1.2 GiB with n = 32 768 and 16 threads, and keep them until it is
 * closed. Each memory that is filled has threads of its own, and at most 2²⁶ cells (2 GiB).
 *
 * @throws `Prover.UnsupportedError`; from its methods `Prover.MemoryError`, `Prover.ThreadError`, `Prover.ClosedError`.
 */
export function createCpuBackend({ threads = availableParallelism() }: createCpuBackend.Options = {}): Backend {
  const module = compileKernel()
  const teams = new Set<Team>()
  let isClosed = false
  const gather = () => {
    if (isClosed) throw new ClosedError()
    const team = new Team(module, threads)
    teams.add(team)
    return team
  }
  const dismiss = async (team: Team) => {
    teams.delete(team)
    await team.close()
  }
  let products: Team | undefined
  const make = async (state: Hex, n: number, kept: readonly number[]) => {
    products ??= gather()
    const { bytes } = layOutProduct(n, threads)
    return products.run({ job: { kind: 'product', n, kept }, names: toBytes(state), bytes })
  }
  return {
    name: 'wasm',
    kind: 'cpu',
    productRoot: async (state, n) => toHex((await make(state, n, [])).root),
    openProduct: async (state, n, leaves) => {
      const kept = (await make(state, n, [...new Set(leaves)])).leaves
      const openings = new Map(
        kept.map(({ index, leaf, path }) => [index, { leaf: toHex(leaf), leafPath: path.map(toHex) }]),
      )
      return leaves.map((index) => openings.get(index) as Opening)
    },
    fill: async (key, size) => {
      const team = gather()
      try {
        return await fillForWalks(team, key, { ...size, threads, free: () => dismiss(team) })
      } catch (error) {
        await dismiss(team)
        throw error
      }
    },
    close: async () => {
      isClosed = true
      await Promise.all([...teams].map(dismiss))
    },
  }
}

export declare namespace createCpuBackend {
  type Options = {
    /** @default as many as the processor runs at the same time */
    threads?: number | undefined
  }
}
