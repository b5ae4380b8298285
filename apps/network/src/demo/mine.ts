import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { balanceOf, listMachines, readBurns, readInForce } from '@hotaru/chain'
import { formatTokens } from '@hotaru/protocol'
import { type Address, erc20Abi } from 'viem'
import { freeSlots } from '../freeSlots.ts'
import { enterPrograms } from './enterPrograms.ts'
import { DemoError, type Stage } from './Stage.ts'

/** One machine mines two programmes and the network's own rewards at once, on the same facts. Returns what it earned. */
export async function mine(stage: Stage): Promise<string> {
  const { steps, owner, show, directory } = stage
  const [machine] = await listMachines(owner, { limit: 1 })
  if (!machine) throw new DemoError({ found: 'there is no machine', expected: 'that of the local network' })
  await freeSlots({ deployment: owner.deployment, machine }, stage.places, steps)
  const { id: machineId } = machine
  const account = machine.owner
  const { lumen, work } = await steps.run(
    'programmes',
    () => enterPrograms(stage, machineId),
    ({ lumen, work, isNew }) =>
      `machine ${machineId} ${isNew ? 'joined' : 'is in'} ${lumen.id} (${lumen.symbol}) and ${work.id} (${work.symbol})`,
  )
  await steps.run(
    'epoch',
    () => waitForEpoch(stage, Math.max(lumen.fromEpoch, work.fromEpoch)),
    (epoch) => `${epoch} began, the programmes pay from it on`,
  )

  const program = join(directory, 'hello.ts')
  await writeFile(program, helloSource)
  await show('run', program, '--time', '10m')
  const burns = await readBurns(owner, { machineId })
  const worked = burns.at(-1)
  if (!worked) throw new DemoError({ found: 'the lease burnt nothing', expected: 'a share of its rent' })
  await steps.run(
    'epoch',
    () => waitForEpoch(stage, Math.max(worked.epoch, lumen.fromEpoch) + 1),
    () => `${worked.epoch} is over: ${formatTokens(worked.burnt)} of the rent were burnt in it`,
  )

  const before = await readBalances(stage, account, lumen.token)
  await show('machine', 'claim', machineId.toString())
  const after = await readBalances(stage, account, lumen.token)
  await show('machine', 'show', machineId.toString())
  await show('program', 'list')
  const earned = { lumen: after.lumen - before.lumen, hota: after.hota - before.hota }
  if (earned.lumen <= 0n || earned.hota <= 0n)
    throw new DemoError({ found: `${earned.lumen} LUMEN and ${earned.hota} HOTA units came`, expected: 'some of both' })
  return `machine ${machineId} mined ${formatTokens(earned.lumen, { symbol: lumen.symbol })} and ${formatTokens(earned.hota)} at once`
}

async function waitForEpoch({ owner, wait }: Stage, number: number): Promise<number> {
  return wait(`see epoch "${number}" begin`, async () => {
    const { epoch } = await readInForce(owner)
    return epoch.number >= number ? epoch.number : undefined
  })
}

async function readBalances({ owner }: Stage, account: Address, token: Address) {
  const [hota, lumen] = await Promise.all([
    balanceOf(owner, { account }),
    owner.client.readContract({ abi: erc20Abi, address: token, functionName: 'balanceOf', args: [account] }),
  ])
  return { hota, lumen }
}

/** Works for long enough that its rent is more than a second's. */
const helloSource = `console.log('hello from a leased machine')
await new Promise((resolve) => setTimeout(resolve, 3000))
`
