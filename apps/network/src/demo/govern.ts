import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  castVote,
  delegateVotes,
  executeChange,
  type Proposal,
  type ProposalState,
  proposeChange,
  queueChange,
  readInForce,
  readLease,
  readProposal,
  readVotes,
} from '@hotaru/chain'
import { DemoError, type Stage } from './Stage.ts'

/** Token holders change the burn table; a lease that was opened before keeps its share. Returns what changed. */
export async function govern(stage: Stage): Promise<string> {
  const { steps, treasury, show } = stage
  const before = await readInForce(treasury)
  const leaseId = await steps.run(
    'lease',
    () => openLease(stage),
    (id) => `${id} runs at the share of now, ${before.burn.bps / 100} %`,
  )
  const old = (await readLease(treasury, { leaseId })).burnBps
  const bps = before.burn.steps[0]?.bps === 750 ? 500 : 750
  const table = before.burn.steps.map((step, index) => (index === 0 ? { ...step, bps } : step))
  const proposal: Proposal = {
    change: { kind: 'burnTable', steps: table },
    description: `Burn ${bps / 100} % of the rent in a small network, proposed ${new Date().toISOString()}`,
  }
  const proposalId = await vote(stage, proposal)
  await show('vote', 'show', proposalId.toString().slice(0, 10))
  await show('ledger', 'show')
  await show('lease', 'show', leaseId.toString())
  const [{ burn }, lease] = await Promise.all([readInForce(treasury), readLease(treasury, { leaseId })])
  await show('lease', 'stop', leaseId.toString())
  if (burn.bps !== bps) throw new DemoError({ found: `new leases burn ${burn.bps}`, expected: `${bps} hundredths` })
  if (lease.burnBps !== old)
    throw new DemoError({ found: `the old lease burns ${lease.burnBps}`, expected: `what it was opened with, ${old}` })
  return `a vote moved the burn share of new leases from ${old / 100} to ${bps / 100} %; lease ${leaseId} kept its own`
}

/** From the proposal to the change: delegate, propose, vote, queue, carry out. */
async function vote(stage: Stage, proposal: Proposal): Promise<bigint> {
  const { steps, treasury } = stage
  const account = treasury.wallet?.account.address ?? '0x'
  await steps.run(
    'delegate',
    async () => {
      const { delegate } = await readVotes(treasury, { account })
      if (delegate === account) return
      const { blockNumber } = await delegateVotes(treasury, { to: account })
      // A proposer's votes are those of the second before.
      const { timestamp } = await treasury.client.getBlock({ blockNumber })
      await reachTime(stage, Number(timestamp) + 1)
    },
    () => 'the treasury votes with its own tokens',
  )
  const { proposalId } = await steps.run(
    'propose',
    () => proposeChange(treasury, proposal),
    () => proposal.description,
  )
  await steps.run(
    'vote',
    async () => {
      await reach(stage, proposalId, 'active')
      await castVote(treasury, { proposalId, support: 'for' })
    },
    () => 'for, with the votes of the moment at which it became active',
  )
  await steps.run(
    'queue',
    async () => {
      await reach(stage, proposalId, 'succeeded')
      await queueChange(treasury, proposal)
    },
    () => 'accepted; it waits in the timelock, so that whoever dislikes it can leave',
  )
  await steps.run(
    'execute',
    async () => {
      const { readyAt } = await readProposal(treasury, { proposalId })
      await reachTime(stage, readyAt)
      await executeChange(treasury, proposal)
    },
    () => 'carried out by the timelock',
  )
  return proposalId
}

function reach({ treasury, wait }: Stage, proposalId: bigint, wanted: ProposalState): Promise<true> {
  return wait(`see the proposal "${wanted}"`, async () => {
    const { state } = await readProposal(treasury, { proposalId })
    if (state === 'defeated' || state === 'canceled' || state === 'expired')
      throw new DemoError({ found: `the proposal is ${state}`, expected: wanted })
    return state === wanted || undefined
  })
}

function reachTime({ treasury, wait }: Stage, unixSeconds: number): Promise<true> {
  return wait('see time pass on the chain', async () => {
    const { timestamp } = await treasury.client.getBlock()
    return Number(timestamp) >= unixSeconds || undefined
  })
}

/** A lease whose program just stays; where this ends before it is stopped, the next demonstration closes it. */
async function openLease({ ask, directory }: Stage): Promise<bigint> {
  const path = join(directory, 'stay.ts')
  await writeFile(path, `console.log('here')\nsetInterval(() => {}, 1000)\n`)
  const said = await ask('run', path, '--time', '10m', '--detach', '--json')
  const last = JSON.parse(said.trimEnd().split('\n').at(-1) ?? '{}')
  if (last.type !== 'detached') throw new DemoError({ found: 'the lease did not open', expected: 'it to run' })
  return BigInt(last.lease)
}
