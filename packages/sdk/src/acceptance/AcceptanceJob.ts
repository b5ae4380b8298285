import type { Challenge, Hex, WalkSize } from '@hotaru/proof'
import type { Class } from '@hotaru/protocol'

/** What one kind of device is to show in a lease, begun by a nonce of 32 bytes that nobody knew. */
export type AcceptancePart = { nonce: Hex } & Pick<Challenge, 'n' | 'rounds'> & WalkSize

/** The `job.json` of `examples/acceptance`: docs/proof.md, "Inside a lease". Numbers of chain and machine are decimal. */
export type AcceptanceJob = { chainId: string; machineId: string } & { [kind in Class['kind']]?: AcceptancePart }
