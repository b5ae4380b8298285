import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomic } from '@hotaru/journal'
import type { Places } from './Places.ts'
import { type Cast, regionOf, usdPerToken } from './prepareLedger.ts'

/** Where the agent finds a container engine, the image its driver tests itself with, and what the owner lives with. */
export type ContainerPlan = { socketPath: string; image: string; acceptedHoles: readonly string[] }

/** Writes what a verifier reads and returns the path of its config. */
export async function writeVerifierConfig(places: Places, cast: Cast, index: number): Promise<string> {
  const directory = places.verifier(index + 1)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const [keyFile, config] = [join(directory, 'key.json'), join(directory, 'config.json')]
  const key = cast.verifiers[index]
  if (key) await writeWallet(keyFile, key)
  const beaconKeyFile = join(directory, 'beacon.json')
  await writeWallet(beaconKeyFile, cast.beacon)
  const content = {
    ...{ directory, deploymentFile: places.deployment, keyFile, beaconKeyFile },
    region: regionOf(index),
    exam: localExam,
    report: { usdPerToken, board: join(places.home, 'prices') },
  }
  await writeFile(config, JSON.stringify(content, null, 2))
  return config
}

/** Small, so that a machine is leased a second after it came. */
const localExam = {
  ...{ targetMs: 120, maxMemoryBytes: 2 ** 24, hashes: { cpu: 4, gpu: 64 } },
  ...{ lineBytes: 2 ** 22, diskBytes: 2 ** 24, diskReads: 256 },
}

/** Writes what the agent reads and returns the path of its config; without a plan it has no container driver. */
export async function writeAgentConfig(places: Places, cast: Cast, plan: ContainerPlan | undefined): Promise<string> {
  await mkdir(places.agent, { recursive: true, mode: 0o700 })
  const ownerKeyFile = join(places.agent, 'owner.json')
  await writeWallet(ownerKeyFile, cast.owner)
  const container = plan && {
    dockerHost: `unix://${plan.socketPath}`,
    testImage: plan.image,
    acceptedHoles: plan.acceptedHoles,
  }
  const content = {
    directory: places.agent,
    deployment: places.deployment,
    ownerKeyFile,
    // Only this machine's renters: a local network is nobody else's business.
    listen: ['/ip4/127.0.0.1/tcp/0'],
    // The embedded chain never takes a block back.
    confirmations: 0,
    drivers: { container: container ?? { enabled: false } },
  }
  const path = join(places.agent, 'config.json')
  await writeFile(path, JSON.stringify(content, null, 2))
  return path
}

/** Writes a key for its holder's eyes only. */
export function writeWallet(path: string, account: { address: string; privateKey: string }): Promise<void> {
  return writeFileAtomic(path, JSON.stringify({ address: account.address, privateKey: account.privateKey }))
}
