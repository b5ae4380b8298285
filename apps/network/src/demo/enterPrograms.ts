import {
  approveTokens,
  createProgram,
  joinProgram,
  leaveProgram,
  listPrograms,
  type Program,
  readInForce,
  readProgram,
} from '@hotaru/chain'
import { deployLumen } from './deployLumen.ts'
import { DemoError, type Stage } from './Stage.ts'

/** The two programmes that machine 1 mines beside the network's own rewards. */
export type Entered = { lumen: Program; work: Program; isNew: boolean }

const oneToken = 10n ** 18n
const names = { lumen: 'Lumen', work: 'Rent in HOTA' } as const
/** Some three hours of the local network. */
const epochs = 500
/** What is as good as over is entered anew. */
const fewEpochs = 10

/** Creates the two programmes and enters the machine, or finds those of an earlier demonstration. */
export async function enterPrograms(stage: Stage, machineId: bigint): Promise<Entered> {
  const { treasury, owner } = stage
  const { epoch } = await readInForce(owner)
  const joined = await listPrograms(owner, { machineId })
  const lasting = joined.filter(({ untilEpoch }) => untilEpoch > epoch.number + fewEpochs)
  const [lumen, work] = [names.lumen, names.work].map((wanted) => lasting.find(({ name }) => name === wanted))
  if (lumen && work) return { lumen, work, isNew: false }
  const ours = joined.filter(({ name }) => name === names.lumen || name === names.work)
  for (const { id: programId } of ours) await leaveProgram(owner, { programId, machineId })
  const fromEpoch = await nextEpoch(stage)
  const { programId: lumenId } = await deployLumen(treasury, { fromEpoch, epochs })
  const perEpoch = 50n * oneToken
  await approveTokens(treasury, {
    spender: treasury.deployment.addresses.programs,
    value: perEpoch * BigInt(epochs),
  })
  const { programId: workId } = await createProgram(treasury, {
    ...{ name: names.work, token: treasury.deployment.addresses.token, fact: 'work', perEpoch },
    ...{ fromEpoch, untilEpoch: fromEpoch + epochs, maxPerBurnt: oneToken / 2n },
  })
  const ids = [lumenId, workId]
  for (const programId of ids) await joinProgram(owner, { programId, machineId })
  const [one, other] = await Promise.all(ids.map((programId) => readProgram(owner, { programId })))
  if (!one || !other) throw new DemoError({ found: 'a programme is not there', expected: 'the two just created' })
  return { lumen: one, work: other, isNew: true }
}

/** The number of the next epoch, when there is time enough left to create a programme that begins with it. */
function nextEpoch({ owner, wait }: Stage): Promise<number> {
  const { epochSeconds } = owner.deployment.parameters
  return wait('begin with an epoch', async () => {
    const { timestamp } = await owner.client.getBlock()
    const seconds = Number(timestamp)
    return epochSeconds - (seconds % epochSeconds) < neededSeconds ? undefined : Math.floor(seconds / epochSeconds) + 1
  })
}

const neededSeconds = 8
