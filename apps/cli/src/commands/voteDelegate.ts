import { formatTokens } from '@hotaru/protocol'
import { defineCommand } from '../Command.ts'
import { parseAddress } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'

export const voteDelegate = defineCommand({
  summary: 'Say who votes with your tokens and stake: you, where no address is given',
  examples: [
    ['hotaru vote delegate', 'vote yourself; tokens and stake stay where they are'],
    ['hotaru vote delegate 0xB22CE629B429C75aCfD5c43a939b1551acd4b17f', 'let another account vote with them'],
  ],
  args: { address: { type: 'positional', required: false, description: 'Who votes; you, where it is left out' } },
  async run(args, { terminal, connect }) {
    const given = args.address === undefined ? undefined : parseAddress(args.address)
    const { hotaru } = await connect()
    const to = given ?? hotaru.account.address
    const { hash } = await hotaru.ledger.delegateVotes(to)
    const { votes } = await hotaru.ledger.readVotes(to)
    if (args.json) {
      terminal.line(toDocument({ account: hotaru.account.address, delegate: to, votes, hash }))
      return
    }
    const fields: (readonly [string, string])[] = [
      ['account', hotaru.account.address],
      ['delegate', to === hotaru.account.address ? 'itself' : to],
      ['votes of the delegate', formatTokens(votes)],
    ]
    terminal.line(renderFields(fields, terminal))
    terminal.note(`\n${terminal.notePaint.hint('hint: they count in proposals made from now on: hotaru vote list')}`)
  },
})
