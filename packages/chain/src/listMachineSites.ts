import { machinesAbi } from '@hotaru/contracts'
import { type Class, type Machine, machineStates } from '@hotaru/protocol'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { toClass } from './readMachine.ts'

/** Whose a machine is, where, and what it was measured to be: what shows that two of them look alike. */
export type MachineSite = Pick<Machine, 'id' | 'owner' | 'endpoint' | 'state'> & { class: Class | undefined }

/** Yields all machines by number, exited ones included; one call of the chain for each hundred. */
export async function* listMachineSites(ledger: Ledger): AsyncGenerator<MachineSite> {
  for (let first = 1n; ; first += pageLength) {
    const page = await readCall(ledger, 'list where the machines are', (client, { machines }) =>
      client.readContract({ abi: machinesAbi, address: machines, functionName: 'page', args: [first, pageLength] }),
    )
    for (const [index, { owner, endpoint, state, classUntil, ...raw }] of page.entries())
      yield {
        ...{ id: first + BigInt(index), owner, endpoint, state: machineStates[state] ?? 'none' },
        class: classUntil === 0 ? undefined : toClass(raw.class),
      }
    if (BigInt(page.length) < pageLength) return
  }
}

const pageLength = 100n
