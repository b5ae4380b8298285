import { readFile } from 'node:fs/promises'
import { BaseError, exitCodes } from '@hotaru/base'
import { type Deployment, parseDeployment } from '@hotaru/chain'
import { examLimits } from '@hotaru/protocol'
import type { Hex } from 'viem'
import { z } from 'zod'

const positive = z.int().positive()

const fileSchema = z.strictObject({
  /** Where the verifier keeps its votes until they are opened. */
  directory: z.string(),
  /** Path of the deployment file. */
  deploymentFile: z.string(),
  /** Path of a file with the verifier's account: `{ "privateKey": "0x…" }`. */
  keyFile: z.string(),
  /** Where it looks from, a number of docs/ledger.md: a fault needs verifiers of several regions. */
  region: z.int().min(0).max(255).default(0),
  /** Times the verifier stake: each is one ticket of the draw. */
  tickets: z.int().min(1).max(16).default(1),
  /** How large its exams are; the defaults take half a minute of a machine. A local network's are over in a second. */
  exam: z
    .strictObject({
      targetMs: positive.default(10_000),
      maxMemoryBytes: positive.default(2 ** 38),
      hashes: z.strictObject({ cpu: positive, gpu: positive }).default({ cpu: 4, gpu: 64 }),
      lineBytes: positive.max(examLimits.probeBytes).default(64 * 2 ** 20),
      diskBytes: positive.max(examLimits.diskBytes).default(2 ** 30),
      diskReads: positive.max(examLimits.reads).default(4096),
    })
    .prefault({}),
  /** Milliseconds that a machine may take for a whole exam, the others of the committee who come first included. */
  patienceMs: positive.default(10 * 60_000),
  /** Multiply-adds that it spends on hunting through one transcript. */
  huntMultiplyAdds: positive.default(100_000_000_000),
  /** Path of a file with the key of a local network's beacon. */
  beaconKeyFile: z.string().optional(),
  /** URLs of drand's chain, on a real network. */
  beaconRelays: z.array(z.url()).default([]),
  /** Set where this verifier is also a reporter of a network with a fixed price. */
  report: z
    .strictObject({
      /** Millionths of a US dollar for one token. */
      usdPerToken: z.int().positive(),
      /** The folder in which the reporters show each other what they signed. */
      board: z.string(),
    })
    .optional(),
  /** Set where this verifier also visits machines as a renter. */
  mystery: z
    .strictObject({
      /** Path of a file with the account that rents: one that is used for nothing else. */
      renterKeyFile: z.string(),
      /** The acceptance test: `examples/acceptance`, or a copy of it. */
      workload: z.string(),
      /** The mean time between two visits. */
      everySeconds: positive.max(7 * 24 * 3600),
      /** The most that visits may cost in any hour, in US dollars. */
      maxUsdPerHour: z.number().positive(),
      /** How long a sprint of the machine's class takes: seconds, so that what comes before it is small beside it. */
      targetMs: positive.default(20_000),
      /** Whether a finding is reported as a fault, with a bond of this verifier's stake. */
      reports: z.boolean().default(false),
    })
    .optional(),
})

/** What a verifier runs with. */
export type Config = Omit<z.infer<typeof fileSchema>, 'deploymentFile' | 'keyFile' | 'beaconKeyFile'> & {
  deployment: Deployment
  privateKey: Hex
  beaconKey: Hex | undefined
  renterKey: Hex | undefined
}

/** Reads a verifier's config file and what it names. */
export async function readConfig(path: string): Promise<Config> {
  const file = fileSchema.safeParse(await readJson(path))
  if (!file.success) throw new InvalidConfigError({ path, reason: z.prettifyError(file.error) })
  const { deploymentFile, keyFile, beaconKeyFile, ...rest } = file.data
  const privateKey = await readKey(keyFile)
  const renterKey = rest.mystery && (await readKey(rest.mystery.renterKeyFile))
  if (renterKey === privateKey) throw new InvalidConfigError({ path, reason: 'the renter is the verifier itself' })
  return {
    ...rest,
    deployment: parseDeployment(await readJson(deploymentFile)),
    ...{ privateKey, renterKey },
    beaconKey: beaconKeyFile === undefined ? undefined : await readKey(beaconKeyFile),
  }
}

async function readKey(path: string): Promise<Hex> {
  const key = z.object({ privateKey: z.string().regex(/^0x[0-9a-f]{64}$/i) }).safeParse(await readJson(path))
  if (!key.success) throw new InvalidConfigError({ path, reason: 'no "privateKey" of 32 bytes' })
  return key.data.privateKey as Hex
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new InvalidConfigError({ path, reason: 'it cannot be read as JSON', cause })
  }
}

export class InvalidConfigError extends BaseError {
  override readonly name = 'Verifier.InvalidConfigError'

  constructor({ path, reason, cause }: { path: string; reason: string; cause?: unknown }) {
    super(`Cannot use the file "${path}": ${reason}, expected what the README of the verifier shows`, {
      exitCode: exitCodes.usage,
      cause,
    })
  }
}
