import { classTableAbi } from '@hotaru/contracts'
import type { ClassRow } from '@hotaru/protocol'
import { fromRawRows } from './classRows.ts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Reads the table of classes that is in force: by it the next audit is weighed. Votes change it, by `proposeChange`. */
export async function readClassTable(ledger: Ledger): Promise<ClassRow[]> {
  const rows = await readCall(ledger, 'read the class table', (client, { classTable }) =>
    client.readContract({ abi: classTableAbi, address: classTable, functionName: 'rows' }),
  )
  return fromRawRows(rows)
}
