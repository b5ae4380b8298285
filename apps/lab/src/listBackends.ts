import { createReferenceBackend } from '@hotaru/proof'
import { type FoundBackend, findBackends } from '@hotaru/prover'

/** All back ends that we know, those that this machine lacks among them; the reference first. */
export async function listBackends(): Promise<readonly FoundBackend[]> {
  const create = async () => createReferenceBackend()
  return [{ name: 'reference', kind: 'cpu', absent: null, create }, ...(await findBackends())]
}
