import { type ChainWorld, createChainWorld, type StagedRecords, stageRecords } from '@hotaru/sdk/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runIn } from './testing/runIn.ts'

let world: ChainWorld
let staged: StagedRecords
beforeAll(async () => {
  world = await createChainWorld()
  staged = await stageRecords(world.chain, world)
})
afterAll(() => world.stop())

const run = (...args: string[]) => runIn({ HOTARU_HOME: world.home }, args)
const onScreen = (...args: string[]) => runIn({ HOTARU_HOME: world.home, NO_COLOR: '1' }, args, { isTTY: true })
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout)

/** The fields of an output in a pipe, by name; of those that come more than once, the last. */
function fields(stdout: string): Record<string, string> {
  return Object.fromEntries(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')),
  )
}

describe('machine', () => {
  test('show tells all that hangs on a machine, and claim pays what it says', async () => {
    const { stdout, stderr } = await run('machine', 'show', '1')
    expect(fields(stdout)).toMatchObject({
      ...{
        machine: '1',
        state: 'online',
        claim: '{}  ? unknown',
        hours: 'always',
        busy: 'none of 1',
        stake: '100 HOTA',
      },
      ...{ offer: 'a slot and hour $0.10 on demand, none preemptible; container', time: '1m to 1d' },
      class: 'cpu-small (cpu-c57-m68x1), uncalibrated',
      '  bands': 'a slot ≥ 380 M multiply-adds a second, ≥ 16 GiB',
      '  counts': expect.stringMatching(/^1 point, until .* UTC$/),
      audit: expect.stringContaining('1 passed, '),
      rewards: expect.stringMatching(/^\d.* HOTA to claim$/),
      'programme 1': expect.stringMatching(/^Being there: [\d.]+ HOTA to claim, by 1 point, from epoch \d+$/),
    })
    expect(stderr).toContain('hint: hotaru machine claim 1')
    const { claims } = await json('machine', 'show', '1')
    const paid = await json('machine', 'claim', '1')
    expect(paid.programs[0].program).toMatchObject({ name: 'Being there', symbol: 'HOTA' })
    expect(BigInt(paid.rewards)).toBeGreaterThanOrEqual(BigInt(claims.rewards))
    expect(BigInt(paid.programs[0].amount)).toBeGreaterThan(0n)
  })

  test('show says what the last committee that passed it measured, and that a claim fits its class', async () => {
    const { stdout } = await run('machine', 'show', '3')
    expect(fields(stdout)).toMatchObject({
      ...{ class: 'gpu-12g (gpu-c90-m65x1), uncalibrated', claim: 'NVIDIA GeForce RTX 3060  ✓ fits' },
      measured: expect.stringMatching(/^in audit 3, .* UTC$/),
      '  away': '11 to 16 ms (region: Europe, west)',
      '  line': '≥ 45 MiB a second down from it, ≥ 32 MiB a second up to it',
      '  disk': '≥ 362 MiB a second written',
    })
    expect(await json('machine', 'show', '3')).toMatchObject({
      ...{ classRow: { name: 'gpu-12g' }, claimJudgement: 'fits' },
      measured: { auditId: '3', nearest: { rttBand: 7, region: 1 }, disk: { writeBand: 57, readBand: 0 } },
    })
    // Forged: nothing is left of what was measured of it.
    const forged = fields((await run('machine', 'show', '2')).stdout)
    expect(forged).toMatchObject({ class: 'not audited', measured: 'not measured' })
    expect(fields((await run('machine', 'show', '1')).stdout)).toMatchObject({
      ...{ '  away': 'not measured', '  line': 'not measured', '  disk': 'not measured' },
    })
  })

  test('class, claim and judgement stand beside each other in lists', async () => {
    const listed = (await run('machine', 'list')).stdout.trimEnd().split('\n')
    expect(listed.map((row) => row.split('\t').slice(7))).toEqual([
      ['cpu-small', '{}', '? unknown'],
      ['<none>', '{}', '<none>'],
      ['gpu-12g', 'NVIDIA GeForce RTX 3060', '✓ fits'],
    ])
    const [offer = ''] = (await run('offer', 'search', '--kind', 'gpu', '--verbose')).stdout.split('\n')
    expect(offer.split('\t').slice(5)).toEqual([
      ...['gpu-12g (gpu-c90-m65x1), uncalibrated', 'NVIDIA GeForce RTX 3060', '✓ fits'],
    ])
    expect((await json('machine', 'list')).machines[2]).toMatchObject({ claimJudgement: 'fits' })
    const { fitting } = await json('offer', 'search', '--kind', 'gpu')
    expect(fitting).toMatchObject([{ classRow: { name: 'gpu-12g', calibrated: false }, claimJudgement: 'fits' }])
  })
})

describe('audit', () => {
  test('list is rows in a pipe and a table on a screen, of all or of one machine', async () => {
    const rows = (await run('audit', 'list')).stdout.trimEnd().split('\n')
    expect(rows.map((row) => row.split('\t'))).toEqual([
      ['3', '3', 'passed', 'gpu-12g', expect.stringContaining(' ago')],
      ['2', '2', 'forged', '<none>', expect.stringContaining(' ago')],
      ['1', '1', 'passed', 'cpu-small', expect.stringContaining(' ago')],
    ])
    expect((await onScreen('audit', 'list')).stdout).toMatch(/^AUDIT {2}MACHINE {2}STATE .*\n3 {6}3 {8}passed/)
    expect((await json('audit', 'list', '--machine', '1')).audits).toMatchObject([
      { id: '1', state: 'passed', classRow: { name: 'cpu-small' } },
    ])
  })

  test('show says who proved a forgery and who got what', async () => {
    const { stdout } = await run('audit', 'show', staged.forgedAuditId.toString())
    expect(fields(stdout)).toMatchObject({
      state: 'forged: an entry of its transcript was proved wrong',
      committee: '2 is dismissed',
      '  verifier': expect.stringMatching(/^0x\w{40} passed it as cpu-small \(cpu-c57-m68x1\); region: /),
      ...{ 'proved by': world.chain.account(9).address, slashed: '50 HOTA', '  of the stake': '50 HOTA' },
      ...{ '  to the reporter': '10 HOTA', '  to fire and treasury': '40 HOTA' },
      '  at': expect.stringMatching(/ UTC$/),
    })
  })

  test('show tells an audit in order of time: who asked, who looked from where, and what each saw', async () => {
    const { stdout } = await run('audit', 'show', staged.passedAuditId.toString())
    const told = stdout.trimEnd().split('\n')
    const at = String.raw`\d{4}-\d\d-\d\d [\d:]{8} UTC`
    const passed = String.raw`passed it as gpu-12g \(gpu-c90-m65x1\); region: Europe, west`
    const [first, , third] = [3, 4, 5].map((index) => world.chain.account(index).address)
    for (const [index, line] of [
      `asked for\t${at}, by its owner`,
      `drawn\t${at}, committee \\d: (0x\\w{8}(, )?){3}`,
      `posted\t${at}, transcript 0x(01){32}`,
      'looked at\t64 entries of each slot, by each verifier, picked after that',
      `  verifier\t${first} ${passed}; ${at}`,
      `    saw\taway: 32 to 45 ms; line: ≥ 45 MiB a second down from it, .*`,
      `  verifier\t0x\\w{40} could not look: it was at work for a renter; region: not said; ${at}`,
      `  verifier\t${third} ${passed}; ${at}`,
      `    saw\taway: 11 to 16 ms; line: .*; disk: ≥ 362 MiB a second written`,
      `verdict\t${at}, passed, gpu-12g \\(gpu-c90-m65x1\\), uncalibrated`,
    ].entries())
      expect(told[5 + index]).toMatch(new RegExp(`^${line}$`))
    expect(told).toHaveLength(15)
    const { steps, regions, picksPerSlot } = await json('audit', 'show', staged.passedAuditId.toString())
    expect(steps[0]).toMatchObject({ kind: 'requested', by: 'owner' })
    expect({ regions: regions.toSorted(), picksPerSlot }).toEqual({ regions: [0, 1, 1], picksPerSlot: 64 })
  })
})

test('fault show says what a guilty machine lost', async () => {
  expect((await run('fault', 'list')).stdout.split('\t').slice(0, 5)).toEqual([
    ...['1', '1', '<none>', 'unreachable', 'executed'],
  ])
  const { stdout } = await run('fault', 'show', '1')
  expect(fields(stdout)).toMatchObject({
    ...{ state: 'executed: guilty', kind: 'unreachable: the machine does not answer', lease: '<none>' },
    '  verifier': expect.stringContaining(' guilty, since '),
    ...{ slashed: '30 HOTA', '  of unvested rewards': '30 HOTA', refunded: '0 HOTA' },
  })
})

test('programmes are shown with their own token', async () => {
  expect((await run('program', 'list')).stdout.split('\t').slice(0, 4)).toEqual([
    ...['1', 'Being there', 'availability', '10 HOTA'],
  ])
  const { stdout } = await run('program', 'show', '1')
  expect(fields(stdout)).toMatchObject({ programme: '1 Being there', 'open to': 'all machines' })
})

describe('vote', () => {
  test('is delegated, cast and counted; a proposal is found by its first digits', async () => {
    const short = staged.proposalId.toString().slice(0, 10)
    expect((await run('vote', 'list')).stdout.split('\t').slice(0, 3)).toEqual([short, 'active', 'burn table of 1'])
    const shown = await run('vote', 'show', short)
    expect(fields(shown.stdout)).toMatchObject({ says: 'Burn more of the rent', '  from 0 slots': '7.5 %' })
    expect(shown.stderr).toContain(`hint: hotaru vote cast ${short} for|against|abstain`)
    expect((await run('vote', 'cast', short, 'for')).stderr).toContain('has no votes')
    const delegated = await run('vote', 'delegate')
    expect(fields(delegated.stdout)).toMatchObject({ delegate: 'itself', 'votes of the delegate': '5000 HOTA' })
    // They came after the snapshot, and so count for nothing here.
    const cast = await json('vote', 'cast', short, 'for')
    expect(cast.proposal).toMatchObject({ id: staged.proposalId.toString(), votesFor: '0' })
    expect((await run('vote', 'advance', short)).stderr).toContain('it is "active", expected "succeeded" or "queued"')
  })
})

test('ledger show has every contract and what is in force', async () => {
  const { stdout } = await run('ledger', 'show')
  expect(fields(stdout)).toMatchObject({
    ...{ contracts: '17 deployed', '  leases': world.chain.deployment.addresses.leases, timelock: '10s' },
    'burn share': '5 % of the rent of new leases, at 2 verified slots',
    '  cpu-home':
      'cpu ≥ 97.2 G multiply-adds a second, ≥ 362 MiB (c73 m57); from 1.10 T (c80) it is faster than this; 22 points, uncalibrated',
    '  cpu-small': 'cpu whatever answers (c0 m0); from 550 G (c78) it is faster than this; 1 point, uncalibrated',
    ...{ 'leases paused': 'no', κ: '80 % of what is burnt, the most that work is paid' },
  })
  expect(await json('ledger', 'show')).toMatchObject({ kappaBps: 8000, voting: { quorumPercent: 4 } })
})

test.each([
  [['audit', 'show', '99'], 1, 'Cannot read audit "99": there is none'],
  [['fault', 'show', '99'], 1, 'Cannot read fault "99": there is none'],
  [['program', 'show', '99'], 1, 'Cannot read programme "99": there is none'],
  [['machine', 'show', '99'], 1, 'Cannot read machine "99": there is none'],
  [['vote', 'show', '99'], 1, '"99" begins the numbers of 0'],
  [['vote', 'cast', '1', 'perhaps'], 2, '"perhaps" is none of for, against, abstain'],
  [['vote', 'delegate', '0x12'], 2, '"0x12" is no address'],
  [['audit', 'list', '--machine', 'one'], 2, 'machine "one" is not a number'],
])('%j says what is wrong', async (args, expected, reason) => {
  const { stdout, stderr, code } = await run(...args)
  expect({ stdout, code }).toEqual({ stdout: '', code: expected })
  expect(stderr).toContain(reason)
})
