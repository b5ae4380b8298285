import { formatSeconds, formatTokens, formatUsd } from '@hotaru/protocol'
import type { InForce } from '@hotaru/sdk'
import { formatCount } from './formatCount.ts'
import { formatShare } from './formatShare.ts'
import { formatTime } from './formatTime.ts'
import { burnTableFields, classTableFields } from './proposalFields.ts'

type Fields = (readonly [string, string])[]

/** What is in force on the whole ledger, for a person. */
export function ledgerFields(inForce: InForce, nowSeconds: number): Fields {
  return [
    ...burnFields(inForce),
    ...classFields(inForce),
    ...tokenFields(inForce, nowSeconds),
    ...governanceFields(inForce, nowSeconds),
  ]
}

function burnFields({ burn }: InForce): Fields {
  return [
    [
      'burn share',
      `${formatShare(burn.bps)} of the rent of new leases, at ${formatCount(burn.verifiedSlots, 'verified slot')}`,
    ],
    ...burnTableFields(burn.steps),
    ['burnt', `${formatTokens(burn.total)}, of it ${formatTokens(burn.pending)} set aside and still to burn`],
  ]
}

function classFields({ classes }: InForce): Fields {
  return [
    ['class table', `what a slot is called and weighs in rewards, in ${formatCount(classes.length, 'row')}`],
    ...classTableFields(classes),
  ]
}

function tokenFields({ epoch, kappaBps, tokens, price }: InForce, nowSeconds: number): Fields {
  const { usdPerToken, freshUntil, reporters } = price
  const age = freshUntil > nowSeconds ? `fresh until ${formatTime(freshUntil)}` : 'stale'
  const owing = tokens.slashed === 0n ? '' : `, ${formatTokens(tokens.slashed)} of slashes to fire and treasury`
  return [
    ['κ', `${formatShare(kappaBps)} of what is burnt, the most that work is paid`],
    ['epoch', `${epoch.number}, each ${formatSeconds(epoch.seconds)}; closed up to ${epoch.nextToRoll - 1}`],
    ['emission', `${formatTokens(epoch.emission, { fraction: 6 })} in this epoch at the most`],
    ['supply', formatTokens(tokens.supply)],
    ['minted', formatTokens(tokens.minted)],
    ['staked', `${formatTokens(tokens.staked)}${owing}`],
    ['price', usdPerToken === 0n ? 'none yet' : `${formatUsd(usdPerToken)}, ${age}, by ${reporters} reporters`],
  ]
}

function governanceFields({ voting, leasesPausedUntil, mintsPausedUntil }: InForce, nowSeconds: number): Fields {
  const paused = (until: number) => (until > nowSeconds ? `until ${formatTime(until)}` : 'no')
  return [
    ['leases paused', paused(leasesPausedUntil)],
    ['mints paused', paused(mintsPausedUntil)],
    ['voting delay', formatSeconds(voting.delaySeconds)],
    ['voting period', formatSeconds(voting.periodSeconds)],
    [
      'quorum',
      `${voting.quorumPercent} % of all votes, at least ${formatSeconds(voting.lateQuorumSeconds)} before the end`,
    ],
    ['to propose', formatTokens(voting.threshold)],
    ['timelock', formatSeconds(voting.timelockSeconds)],
  ]
}
