import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, resolve } from 'node:path'
import { BaseError, exitCodes } from '@hotaru/base'
import { type Deployment, parseDeployment } from '@hotaru/chain'
import { parseUsd } from '@hotaru/protocol'
import { z } from 'zod'

const seconds = z.int().min(1)

/** The agent file. Every value but the first two has a default that suits a home machine. */
const configSchema = z.strictObject({
  /** Where the agent keeps its key, journal and leases. Relative paths count from the file's own folder. */
  directory: z.string().min(1),
  /** The ledger: a deployment, or the path of a file with one (a `network.json` will do). */
  deployment: z.union([z.string().min(1), z.looseObject({})]),
  /** In place of the deployment's. */
  rpcUrl: z.url().optional(),
  /** Needed to register, to change the offer and to top up the machine key; may be taken away afterwards. */
  ownerKeyFile: z.string().min(1).optional(),
  /** Where to listen, as multiaddrs; port 0 picks one once and keeps it. */
  listen: z.array(z.string()).min(1).default(['/ip4/0.0.0.0/tcp/0']),
  /** What to put on the ledger instead, for a machine behind a port forward. */
  announce: z.array(z.string()).min(1).optional(),
  offer: z
    .strictObject({
      /** US dollars for one slot and hour. The default is below what a processor costs in any cloud. */
      usdPerSlotHour: z.string().default('0.02'),
      minSeconds: seconds.default(60),
      maxSeconds: seconds.default(7 * 86_400),
    })
    .prefault({}),
  drivers: z
    .strictObject({
      deno: z.strictObject({ enabled: z.boolean().default(true), path: z.string().optional() }).prefault({}),
      container: z
        .strictObject({
          enabled: z.boolean().default(true),
          /** As in DOCKER_HOST; looked for in the usual places otherwise. */
          dockerHost: z.string().optional(),
          /** Image by digest that the self-test runs. */
          testImage: z.string().optional(),
          /** OCI layouts and archives to take images from before a registry is asked. */
          sources: z.array(z.string()).default([]),
          /** Ids of known holes of the engine (`CVE-…`) that the owner lives with; others make the driver unhealthy. */
          acceptedHoles: z.array(z.string()).default([]),
        })
        .prefault({}),
    })
    .prefault({}),
  /** Asks for audits with ringers, and answers those wrongly, to see which verifiers look: it has no class then. */
  decoy: z.boolean().default(false),
  /** URLs of drand's chain, for a decoy. */
  beaconRelays: z.array(z.url()).default([]),
  /** In their place, on a local network: a file with the key of its beacon. */
  beaconKeyFile: z.string().min(1).optional(),
  /** What of the machine to lend. Defaults: nine tenths of the memory, all processors. */
  lend: z
    .strictObject({ memoryBytes: z.int().positive().optional(), cpus: z.number().positive().optional() })
    .prefault({}),
  /** Blocks on top of a lease before it counts: 0 where the chain never reorganises, as a local one. */
  confirmations: z.int().min(0).default(1),
  pollMs: z.int().min(50).default(1_000),
  /** Well inside the hour after which the ledger takes a machine for silent. */
  heartbeatSeconds: seconds.default(600),
  resultsGraceSeconds: z.int().min(0).default(600),
  exitGraceSeconds: z.int().min(0).default(30),
  /** Gas money, in wei, that the machine key is topped up to; enough for hundreds of leases on most chains. */
  gasReserveWei: z.string().regex(/^\d+$/).default('50000000000000000'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

/** What the agent runs with, complete and typed. */
export type Config = Omit<z.infer<typeof configSchema>, 'deployment' | 'gasReserveWei' | 'offer'> & {
  deployment: Deployment
  gasReserveWei: bigint
  offer: { usdPerSlotHour: bigint; minSeconds: number; maxSeconds: number }
}

/** Reads the agent file. @throws `Agent.ConfigError` that names the first field that is off. */
export async function readConfig(path: string): Promise<Config> {
  const fail = (field: string, reason: string, cause?: unknown) => new ConfigError({ path, field, reason, cause })
  const input = await readJson(path, fail)
  const result = configSchema.safeParse(input)
  if (!result.success) {
    const [issue] = result.error.issues
    throw fail(issue?.path.join('.') ?? '', issue?.message ?? 'unknown')
  }
  const config = result.data
  const { minSeconds, maxSeconds } = config.offer
  if (minSeconds > maxSeconds) throw fail('offer.minSeconds', `"${minSeconds}" is more than maxSeconds "${maxSeconds}"`)
  if (config.decoy && config.beaconRelays.length === 0 && config.beaconKeyFile === undefined)
    throw fail('beaconRelays', 'a decoy opens its ringers with what a beacon says')
  const at = (file: string) => (isAbsolute(file) ? file : resolve(dirname(path), file))
  const found = typeof config.deployment === 'string' ? await readJson(at(config.deployment), fail) : config.deployment
  const { deployment } = found as { deployment?: unknown }
  return {
    ...config,
    directory: at(config.directory),
    ownerKeyFile: config.ownerKeyFile && at(config.ownerKeyFile),
    beaconKeyFile: config.beaconKeyFile && at(config.beaconKeyFile),
    deployment: parseDeployment(deployment ?? found),
    gasReserveWei: BigInt(config.gasReserveWei),
    offer: { minSeconds, maxSeconds, usdPerSlotHour: parseUsd(config.offer.usdPerSlotHour) },
  }
}

async function readJson(path: string, fail: (field: string, reason: string, cause?: unknown) => ConfigError) {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw fail('', `"${path}" cannot be read as JSON`, cause)
  }
}

export class ConfigError extends BaseError {
  override readonly name = 'Agent.ConfigError'

  constructor({ path, field, reason, cause }: { path: string; field: string; reason: string; cause?: unknown }) {
    super(`Cannot use the agent file: field "${field}" is not valid (${reason}), expected what its README says`, {
      facts: { path },
      hint: 'apps/agent/README.md has a file to begin with',
      exitCode: exitCodes.usage,
      cause,
    })
  }
}
