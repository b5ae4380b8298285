import type { AloneAsked } from '@hotaru/proof'
import type { Class } from '@hotaru/protocol'

/** What one kind of device is to show in a lease. */
export type AcceptancePart = Omit<AloneAsked, 'chainId' | 'machineId'>

/** The `job.json` of `examples/acceptance`: docs/proof.md, "Inside a lease". Numbers of chain and machine are decimal. */
export type AcceptanceJob = { chainId: string; machineId: string } & { [kind in Class['kind']]?: AcceptancePart }
