import { formatSeconds, formatTokens, isBalanced, type Receipt } from '@hotaru/protocol'
import { renderFields } from './renderTable.ts'
import type { Terminal } from './Terminal.ts'

/**
 * A receipt for a person: every amount to the unit, so that he can add them up himself.
 *
 * @param size Class and claim of the machine, `describeSize`.
 */
export function renderReceipt(receipt: Receipt, size: string, terminal: Terminal): string {
  const { paint } = terminal
  const sum = isBalanced(receipt)
    ? paint.good(`escrow = paid + ${receipt.fee > 0n ? 'fee + ' : ''}burnt + refunded`)
    : paint.warn('not all is paid out yet')
  return renderFields(
    [
      ['lease', receipt.lease.toString()],
      ['machine', `${receipt.machine} ${size}`],
      [
        'time',
        receipt.seconds < 60 ? `${receipt.seconds}s` : `${formatSeconds(receipt.seconds)} (${receipt.seconds}s)`,
      ],
      ['escrow', formatTokens(receipt.escrow)],
      ['paid', formatTokens(receipt.paid)],
      ...(receipt.fee > 0n ? [['fee', formatTokens(receipt.fee)] as const] : []),
      ['burnt', formatTokens(receipt.burnt)],
      ['refunded', `${formatTokens(receipt.refunded)}  ${sum}`],
      ['gas', `${receipt.gas} in ${receipt.transactions.length} transactions`],
      ...receipt.transactions.map(({ what, hash, gasUsed }) => [`  ${what}`, `${hash}  ${gasUsed}`] as const),
      ...(receipt.output === undefined ? [] : [['output', paint.hint(receipt.output)] as const]),
    ],
    terminal,
  )
}
