import { join } from 'node:path'
import type { Logger } from '@hotaru/base'
import { DeadlineError, deadline } from '@hotaru/base/async'
import { assertNetwork, type Ledger, readMachine, setOffer, UnreachableError } from '@hotaru/chain'
import { leasesAbi } from '@hotaru/contracts'
import type { Offer } from '@hotaru/protocol'
import type { LocalAccount } from 'viem'
import { fuelKey } from './fuelKey.ts'
import { type Place, readPlace, writePlace } from './PlaceFile.ts'
import { type Registration, registerOwnMachine } from './registerOwnMachine.ts'

/**
 * Takes the machine's place on the ledger: finds it, or registers it, and brings the offer up to date.
 *
 * A machine that was registered before goes on without the chain while that cannot be reached: its leases must end on
 * time whatever happens. The wrong chain, or none at the first start, is an error.
 */
export async function joinLedger(ledger: Ledger, options: joinLedger.Options): Promise<Place> {
  const { directory, key, owner, port, log } = options
  const path = join(directory, 'place.json')
  const at = { chainId: ledger.deployment.chainId, machines: ledger.deployment.addresses.machines }
  const before = await readPlace(path, at)
  try {
    const asking = assertNetwork(ledger)
    await (before ? deadline(asking, patienceMs, { what: 'ask the ledger' }) : asking)
    const registration = before ? undefined : await options.describe()
    if (owner) await fuelKey(ledger, key.address, options)
    const machineId = before
      ? BigInt(before.machineId)
      : await registerOwnMachine(ledger, key, { owner, log, registration: registration ?? (await options.describe()) })
    const { slots, offer } = await readMachine(ledger, { machineId })
    if (owner && registration === undefined) await alignOffer(owner, machineId, { ...offer, ...options.terms }, offer)
    const place = { ...at, ...(await readWindows(ledger)), machineId: machineId.toString(), slots, port }
    await writePlace(path, place)
    return place
  } catch (error) {
    if (!before || !(error instanceof UnreachableError || error instanceof DeadlineError)) throw error
    log.warn('ledger not reachable, going on without it', { error })
    return { ...before, port }
  }
}

export declare namespace joinLedger {
  type Options = {
    directory: string
    key: LocalAccount
    owner: Ledger | undefined
    port: number | undefined
    /** What the owner asks now; the tier stays what the drivers were found to give. */
    terms: Pick<Offer, 'usdPerSlotHour' | 'minSeconds' | 'maxSeconds'>
    gasReserveWei: bigint
    /** What to register with; asked only at the first start, as it takes a look at the whole machine. */
    describe: () => Promise<Registration>
    log: Logger
  }
}

/** Leases that run wait for their agent while it waits for the chain. */
const patienceMs = 5_000

async function readWindows({ client, deployment }: Ledger) {
  const at = { abi: leasesAbi, address: deployment.addresses.leases } as const
  const [start, accept] = await Promise.all([
    client.readContract({ ...at, functionName: 'START_WINDOW' }),
    client.readContract({ ...at, functionName: 'ACCEPT_WINDOW' }),
  ])
  return { startWindowSeconds: Number(start), acceptWindowSeconds: Number(accept) }
}

async function alignOffer(owner: Ledger, machineId: bigint, wanted: Offer, present: Offer): Promise<void> {
  const isSame =
    wanted.usdPerSlotHour === present.usdPerSlotHour &&
    wanted.minSeconds === present.minSeconds &&
    wanted.maxSeconds === present.maxSeconds
  if (!isSame) await setOffer(owner, { machineId, offer: wanted })
}
