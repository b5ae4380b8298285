import { defineCommand } from '../Command.ts'
import { findProposal } from '../findProposal.ts'
import { proposalFields } from '../proposalFields.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'
import { nextStep } from './voteShow.ts'

export const voteAdvance = defineCommand({
  summary: 'Queue a proposal that was accepted, or carry out one whose delay is over',
  examples: [['hotaru vote advance 5512803371', 'the next step of a proposal; anyone may do it']],
  args: { proposal: { type: 'positional', required: true, description: 'Number of the proposal, or how it begins' } },
  async run(args, { terminal, connect }) {
    const { hotaru } = await connect()
    const { id } = await findProposal(hotaru, args.proposal)
    const proposal = await hotaru.ledger.advanceProposal(id)
    if (args.json) {
      terminal.line(toDocument({ proposal }))
      return
    }
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    terminal.line(renderFields(proposalFields(proposal, nowSeconds), terminal))
    terminal.note(`\n${terminal.notePaint.hint(`hint: ${nextStep(proposal)}`)}`)
  },
})
