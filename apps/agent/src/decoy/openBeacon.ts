import { type BeaconSource, createDrandBeacon, createLocalBeacon, type Ledger } from '@hotaru/chain'
import type { Config } from '../config.ts'
import { readKeyFile } from '../machine/loadMachineKey.ts'

/** Where a decoy gets the proofs of beacon rounds from, as its file says. */
export async function openBeacon(
  ledger: Ledger,
  { beaconKeyFile, beaconRelays }: Pick<Config, 'beaconKeyFile' | 'beaconRelays'>,
): Promise<BeaconSource> {
  if (beaconKeyFile === undefined) return createDrandBeacon(beaconRelays)
  return createLocalBeacon(ledger, { privateKey: await readKeyFile(beaconKeyFile) })
}
