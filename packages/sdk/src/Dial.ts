import type { Connection } from '@hotaru/link'
import type { Address } from 'viem'

/** Reaches a machine and proves that it holds the key of the ledger; `dialMachine` of `@hotaru/link` is the real one. */
export type Dial = (target: DialTarget, options?: { signal?: AbortSignal | undefined }) => Promise<Connection>

export type DialTarget = {
  /** Where the agent listens, as a multiaddr. */
  endpoint: string
  /** The machine key of the ledger. */
  machineKey: Address
}

/** Dials over the real link, which is loaded with the first call: those who only read the ledger do not pay for it. */
export const dial: Dial = async (target, options = {}) => {
  const { dialMachine } = await import('@hotaru/link')
  return dialMachine({ ...target, ...options })
}
