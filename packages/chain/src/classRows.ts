import type { classTableAbi } from '@hotaru/contracts'
import type { ClassRow } from '@hotaru/protocol'
import { type ContractFunctionArgs, hexToString, stringToHex } from 'viem'

type RawRow = ContractFunctionArgs<typeof classTableAbi, 'nonpayable', 'set'>[0][number]

/** Rows of the class table as the ledger's structs: a name is 16 bytes. */
export function toRawRows(rows: readonly ClassRow[]): RawRow[] {
  return rows.map(({ name, kind, ...rest }) => ({
    ...{ name: stringToHex(name, { size: 16 }), kind: kind === 'cpu' ? 0 : 1 },
    ...rest,
  }))
}

/** The ledger's structs in the protocol's words. */
export function fromRawRows(rows: readonly RawRow[]): ClassRow[] {
  return rows.map(({ name, kind, ...rest }) => ({
    ...{ name: hexToString(name, { size: 16 }), kind: kind === 0 ? 'cpu' : 'gpu' },
    ...rest,
  }))
}
