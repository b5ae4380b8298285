import { type Backend, createReferenceBackend } from '@hotaru/proof'

/** A back end that this machine has, or why it has not. */
export type FoundBackend = Pick<Backend, 'name' | 'kind'> & {
  /** Why it cannot run here; null when it can. */
  absent: string | null
  /** What it runs on, by the name that this gives itself. */
  device?: string | undefined
  create(): Promise<Backend>
}

/** All back ends that we know, those that this machine lacks among them. */
export async function listBackends(): Promise<readonly FoundBackend[]> {
  return [{ name: 'reference', kind: 'cpu', absent: null, create: async () => createReferenceBackend() }]
}
