import { BaseError } from '@hotaru/base'
import { formatTokens } from '@hotaru/protocol'
import { defineCommand } from '../Command.ts'
import { findProposal } from '../findProposal.ts'
import { UsageError } from '../parseCommand.ts'
import { proposalFields } from '../proposalFields.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'
import { nextStep } from './voteShow.ts'

const choices = ['for', 'against', 'abstain'] as const

export const voteCast = defineCommand({
  summary: 'Vote on a proposal',
  examples: [
    ['hotaru vote cast 5512803371 for', 'with the votes you had when it became active'],
    ['hotaru vote cast 5512803371 abstain', 'counts for the quorum only'],
  ],
  args: {
    proposal: { type: 'positional', required: true, description: 'Number of the proposal, or how it begins' },
    choice: { type: 'positional', required: true, description: 'for, against or abstain' },
  },
  async run(args, { terminal, connect }) {
    const support = choices.find((choice) => choice === args.choice)
    if (!support) throw new UsageError({ reason: `"${args.choice}" is none of ${choices.join(', ')}` })
    const { hotaru } = await connect()
    const { id } = await findProposal(hotaru, args.proposal)
    const before = await hotaru.ledger.readVotes(hotaru.account.address)
    if (before.votes === 0n) throw new NoVotesError({ account: hotaru.account.address })
    const { hash } = await hotaru.ledger.castVote(id, support)
    const proposal = await hotaru.ledger.readProposal(id)
    if (args.json) {
      terminal.line(toDocument({ proposal, hash }))
      return
    }
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    terminal.line(renderFields(proposalFields(proposal, nowSeconds), terminal))
    terminal.note(`\nvoted ${support} with up to ${formatTokens(before.votes)}`)
    terminal.note(`\n${terminal.notePaint.hint(`hint: ${nextStep(proposal)}`)}`)
  },
})

class NoVotesError extends BaseError {
  override readonly name = 'Cli.NoVotesError'

  constructor({ account }: { account: string }) {
    super(`Cannot vote: "${account}" has no votes, expected tokens or stake that were delegated to it`, {
      hint: '`hotaru vote delegate` lets you vote with your own, from the next proposal on',
    })
  }
}
