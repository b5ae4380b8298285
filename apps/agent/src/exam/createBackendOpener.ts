import type { Backend } from '@hotaru/proof'
import type { FoundBackend } from '@hotaru/prover'

/** Takes the devices of some slots for an exam, one back end a slot. */
export type OpenBackends = (slots: readonly number[]) => Promise<readonly Backend[]>

/**
 * Makes what opens a machine's back ends. A slot is a GPU where there are any: CUDA where it runs, WebGPU else; on a machine
 * without one, or where none of its GPUs can be used, the processor answers for all slots.
 *
 * @param hasGpus Whether the machine was seen to have a GPU: looking for back ends takes a second.
 * @param directory Where compiled programs are kept.
 */
export function createBackendOpener({ hasGpus, directory }: createBackendOpener.Options): OpenBackends {
  let looked: Promise<readonly FoundBackend[]> | undefined
  const findGpus = async () => {
    looked ??= load().then(({ findBackends }) => findBackends({ directory }))
    const found = (await looked).filter(({ absent, kind }) => absent === null && kind === 'gpu')
    const cuda = found.filter(({ name }) => name === 'cuda')
    return cuda.length > 0 ? cuda : found
  }
  return async (slots) => {
    const gpus = (await hasGpus()) ? await findGpus() : []
    if (gpus.length === 0) return [await (await load()).createCpuProcess()]
    return Promise.all(slots.map((slot) => (gpus[slot % gpus.length] as FoundBackend).create()))
  }
}

/** Most of an agent's life nobody examines it: what that takes is loaded when somebody does. */
const load = () => import('@hotaru/prover')

export declare namespace createBackendOpener {
  type Options = { hasGpus: () => Promise<boolean>; directory: string }
}
