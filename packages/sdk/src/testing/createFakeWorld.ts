import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@hotaru/base/async'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createHotaru, type Hotaru } from '../createHotaru.ts'
import { createFakeAgent, createFakeMachine, type FakeAgent } from './createFakeAgent.ts'
import { createFakeLedger, type FakeLedger } from './createFakeLedger.ts'

/** One renter, one ledger in memory, one agent behind a real link, and a directory of its own. */
export type FakeWorld = {
  hotaru: Hotaru
  ledger: FakeLedger
  agent: FakeAgent
  directory: string
  stop(): Promise<void>
}

export async function createFakeWorld(): Promise<FakeWorld> {
  const account = privateKeyToAccount(generatePrivateKey())
  const key = generatePrivateKey()
  const machine = createFakeMachine(key)
  const ledger = createFakeLedger({ renter: account.address, clock: systemClock, machines: [machine] })
  const agent = await createFakeAgent({ key, machineId: machine.id, ledger })
  machine.endpoint = agent.endpoint()
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-sdk-'))
  const { chainId, leases } = ledger.domain
  const network = { name: 'fake', rpcUrl: 'http://127.0.0.1:9', deployment: { chainId, addresses: { leases } } }
  return {
    ...{ ledger, agent, directory },
    hotaru: createHotaru({ network, account, ledger }),
    async stop() {
      await agent.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
