import { expect, onTestFinished, test } from 'vitest'
import { compileKernel } from './Kernel.ts'
import { Team } from './Team.ts'

test('a thread that dies refuses the job, and all after it', async () => {
  const team = new Team(compileKernel(), 2)
  onTestFinished(() => team.close())
  const names = new Uint8Array(32)
  // The memory is too small for what the threads are told to do in it.
  const task = { job: { kind: 'product', n: 1024, kept: [] }, names, bytes: 65_536 } as const
  await expect(team.run(task)).rejects.toMatchObject({ name: 'Prover.ThreadError' })
  const good = { job: { kind: 'product', n: 16, kept: [] }, names, bytes: 65_536 } as const
  await expect(team.run(good)).rejects.toMatchObject({ name: 'Prover.ThreadError' })
})
