import { type Backend, createReferenceBackend } from '@hotaru/proof'

/** Takes the devices of so many slots for an exam. */
export async function openBackends(_slots: number): Promise<readonly Backend[]> {
  return [createReferenceBackend()]
}
