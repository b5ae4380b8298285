import { leasesAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** What the rents of an epoch set aside for burning, in token units. */
export type EpochBurn = { epoch: number; burnt: bigint }

/** What a machine burnt in each of the last `epochs` epochs, the present one last; epochs without any are left out. */
export function readBurns(
  ledger: Ledger,
  { machineId, epochs = keptEpochs }: { machineId: bigint; epochs?: number | undefined },
): Promise<EpochBurn[]> {
  const { epochSeconds } = ledger.deployment.parameters
  return readCall(ledger, `read what machine "${machineId}" burnt`, async (client, { leases }) => {
    const { timestamp } = await client.getBlock()
    const current = Number(timestamp) / epochSeconds
    const numbers = Array.from({ length: epochs }, (_, index) => Math.floor(current) - epochs + 1 + index)
    const burns = await Promise.all(
      numbers.map(async (epoch) => ({
        epoch,
        burnt: await client.readContract({
          ...{ abi: leasesAbi, address: leases, functionName: 'burntBy', args: [machineId, BigInt(epoch)] },
        }),
      })),
    )
    return burns.filter(({ burnt }) => burnt > 0n)
  })
}

/** So many epochs of a machine's burn are kept (`Purses.EPOCHS_KEPT`). */
const keptEpochs = 64
