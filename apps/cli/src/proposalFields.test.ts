import { initialClassTable } from '@hotaru/protocol'
import type { ProposalDetail } from '@hotaru/sdk'
import { expect, test } from 'vitest'
import { describeChange, proposalFields } from './proposalFields.ts'

const proposal: ProposalDetail = {
  ...{ id: 7n, proposer: '0x11', description: 'Calibrate', calls: [], state: 'queued', quorum: 0n },
  ...{ votesFor: 0n, votesAgainst: 0n, votesAbstain: 0n, snapshot: 0, deadline: 0, readyAt: 0 },
  change: {
    kind: 'classTable',
    rows: initialClassTable.flatMap((row) => (row.name === 'gpu-12g' ? [{ ...row, calibrated: true }, row] : [])),
  },
}

test('who votes on a class table reads what each row asks and weighs', () => {
  expect(describeChange(proposal)).toBe('class table of 2')
  const fields = proposalFields(proposal, 0)
  expect(fields).toContainEqual(['changes', 'the class table'])
  const row =
    'gpu ≥ 24.9 T multiply-adds a second, ≥ 5.7 GiB (c89 m65); from 70.4 T (c92) it is faster than this; 1448 points'
  expect(fields.filter(([name]) => name === '  gpu-12g').map(([, value]) => value)).toEqual([
    row,
    `${row}, uncalibrated`,
  ])
})
