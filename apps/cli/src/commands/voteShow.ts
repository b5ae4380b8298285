import type { ProposalDetail } from '@hotaru/sdk'
import { defineCommand } from '../Command.ts'
import { findProposal, shortProposal } from '../findProposal.ts'
import { proposalFields } from '../proposalFields.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'

export const voteShow = defineCommand({
  summary: 'Show one proposal: what it changes, the votes, what comes next',
  examples: [
    ['hotaru vote show 5512803371', 'a proposal, by the first digits of its number'],
    ['hotaru vote show 5512803371 --json', 'the same for a program'],
  ],
  args: { proposal: { type: 'positional', required: true, description: 'Number of the proposal, or how it begins' } },
  async run(args, { terminal, connect }) {
    const { hotaru } = await connect()
    const proposal = await findProposal(hotaru, args.proposal)
    if (args.json) {
      terminal.line(toDocument({ proposal }))
      return
    }
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    terminal.line(renderFields(proposalFields(proposal, nowSeconds), terminal))
    terminal.note(`\n${terminal.notePaint.hint(`hint: ${nextStep(proposal)}`)}`)
  },
})

/** What can be done with a proposal as it stands. */
export function nextStep({ id, state }: ProposalDetail): string {
  const short = shortProposal(id, false)
  if (state === 'active') return `hotaru vote cast ${short} for|against|abstain`
  if (state === 'succeeded' || state === 'queued') return `hotaru vote advance ${short}`
  return state === 'pending' ? `hotaru vote show ${short}` : 'hotaru ledger show'
}
