import { machinesAbi } from '@hotaru/contracts'
import type { Machine } from '@hotaru/protocol'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { toMachine } from './readMachine.ts'

/** Lists machines by number, exited ones included. Large networks are searched through a directory instead. */
export async function listMachines(ledger: Ledger, options: listMachines.Options = {}): Promise<Machine[]> {
  const { from = 1n, limit = 1000 } = options
  const found: Machine[] = []
  while (found.length < limit) {
    const first = from + BigInt(found.length)
    const length = BigInt(Math.min(pageLength, limit - found.length))
    const page = await readCall(ledger, 'list the machines', (client, { machines }) =>
      client.readContract({ abi: machinesAbi, address: machines, functionName: 'page', args: [first, length] }),
    )
    found.push(...(await Promise.all(page.map((raw, index) => toMachine(ledger, first + BigInt(index), raw)))))
    if (page.length < length) break
  }
  return found
}

export declare namespace listMachines {
  type Options = {
    /** The first machine's number. @default 1n */
    from?: bigint | undefined
    /** @default 1000 */
    limit?: number | undefined
  }
}

/** With claims of 4 kB at the most, a page stays below half a megabyte. */
const pageLength = 100
