import { readFile } from 'node:fs/promises'
import { BaseError, exitCodes } from '@hotaru/base'
import { type Deployment, parseDeployment } from '@hotaru/chain'
import type { Hex } from 'viem'
import { z } from 'zod'

const fileSchema = z.strictObject({
  /** Path of the deployment file. */
  deploymentFile: z.string(),
  /** Path of a file with the verifier's account: `{ "privateKey": "0x…" }`. */
  keyFile: z.string(),
  /** Millionths of a US dollar for one token; set only where this verifier is a reporter of a network with a fixed price. */
  reportUsdPerToken: z.int().positive().optional(),
})

/** What a verifier runs with. */
export type Config = {
  deployment: Deployment
  privateKey: Hex
  reportUsdPerToken: bigint | undefined
}

/** Reads a verifier's config file and what it names. */
export async function readConfig(path: string): Promise<Config> {
  const file = fileSchema.safeParse(await readJson(path))
  if (!file.success) throw new InvalidConfigError({ path, reason: z.prettifyError(file.error) })
  const { deploymentFile, keyFile, reportUsdPerToken } = file.data
  const key = z.object({ privateKey: z.string().regex(/^0x[0-9a-f]{64}$/i) }).safeParse(await readJson(keyFile))
  if (!key.success) throw new InvalidConfigError({ path: keyFile, reason: 'no "privateKey" of 32 bytes' })
  return {
    deployment: parseDeployment(await readJson(deploymentFile)),
    privateKey: key.data.privateKey as Hex,
    reportUsdPerToken: reportUsdPerToken === undefined ? undefined : BigInt(reportUsdPerToken),
  }
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
