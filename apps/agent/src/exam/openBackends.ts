import { type Backend, createReferenceBackend } from '@hotaru/proof'

/** Takes the devices of these slots for an exam. */
export async function openBackends(_slots: readonly number[]): Promise<readonly Backend[]> {
  return [createReferenceBackend()]
}
