import { BaseError, exitCodes } from '@hotaru/base'
import type { Hotaru, ProposalDetail } from '@hotaru/sdk'
import { parseId } from './parseNumber.ts'

/** Proposals have numbers of 77 digits; the first few do, as those of a commit. */
export async function findProposal(hotaru: Hotaru, text: string): Promise<ProposalDetail> {
  const proposalId = parseId(text, 'proposal')
  if (text.length > longestPrefix) return hotaru.ledger.readProposal(proposalId)
  const fitting = (await hotaru.ledger.listProposals()).filter(({ id }) => id.toString().startsWith(text))
  const [only, ...others] = fitting
  if (only && others.length === 0) return only
  throw new NoProposalError({ text, count: fitting.length })
}

/** A proposal's number as lists show it; whole with `--verbose`. */
export function shortProposal(id: bigint, isVerbose: boolean | undefined): string {
  return isVerbose ? id.toString() : id.toString().slice(0, shownDigits)
}

const shownDigits = 10
/** A hash as a number has fewer digits once in 10^17 times. */
const longestPrefix = 60

class NoProposalError extends BaseError {
  override readonly name = 'Cli.NoProposalError'

  constructor({ text, count }: { text: string; count: number }) {
    super(`Cannot find the proposal: "${text}" begins the numbers of ${count}, expected those of one`, {
      hint: '`hotaru vote list` shows those there are',
      exitCode: count === 0 ? exitCodes.failed : exitCodes.usage,
    })
  }
}
