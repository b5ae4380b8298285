import { formatTokens } from '@hotaru/protocol'
import { defineCommand } from '../Command.ts'
import { printable } from '../describeMachine.ts'
import { shortProposal } from '../findProposal.ts'
import { formatTime } from '../formatTime.ts'
import { describeChange } from '../proposalFields.ts'
import { toDocument } from '../renderJson.ts'
import { renderTable } from '../renderTable.ts'

export const voteList = defineCommand({
  summary: 'List proposals, the newest first',
  examples: [
    ['hotaru vote list', 'what was proposed and where it stands'],
    ['hotaru vote list --json', 'the same for a program'],
  ],
  args: {},
  async run(args, { terminal, connect }) {
    const { hotaru } = await connect()
    const proposals = await hotaru.ledger.listProposals()
    if (args.json) {
      terminal.line(toDocument({ proposals }))
      return
    }
    if (proposals.length === 0) {
      terminal.note('nothing was proposed yet\n\nhint: `hotaru ledger show` says what can be voted on')
      return
    }
    const rows = proposals.map((proposal) => [
      shortProposal(proposal.id, args.verbose),
      proposal.state,
      describeChange(proposal),
      formatTokens(proposal.votesFor, { fraction: 0 }),
      formatTokens(proposal.votesAgainst, { fraction: 0 }),
      formatTime(proposal.deadline),
      printable(proposal.description).slice(0, 40),
    ])
    terminal.line(renderTable(['PROPOSAL', 'STATE', 'CHANGES', 'FOR', 'AGAINST', 'UNTIL', 'SAYS'], rows, terminal))
    const [newest] = proposals
    terminal.note(`\n${terminal.notePaint.hint(`hint: hotaru vote show ${shortProposal(newest?.id ?? 0n, false)}`)}`)
  },
})
