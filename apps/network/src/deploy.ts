import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BaseError, exitCodes, formatError } from '@hotaru/base'
import { deployLedger, parametersSchema, realParameters } from '@hotaru/chain'
import { writeFileAtomic } from '@hotaru/journal'
import { createPublicClient, type Hex, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { z } from 'zod'

const usage = `Deploys a whole ledger on any EVM chain and writes its deployment file, which everything else reads.

npm run deploy -- --rpc URL --key-file key.json --parameters parameters.json --name NAME --output deployment.json

  --rpc URL           of the chain
  --key-file FILE     { "privateKey": "0x…" } of a fresh account with gas money; it has no power afterwards
  --parameters FILE   the parties and the beacon; all else has the values of a real network (docs/ledger.md)
  --name NAME         of the network, for people
  --first-nonce N     where an earlier try of this account began (default: 0)
  --output FILE       the deployment file (default: deployment.json)

Interrupted, it goes on where it was when it is typed again. In the end the code at every address is compared with what these
sources make, and every power is read back.`

async function main(): Promise<void> {
  const flags = readFlags()
  if (flags.help) return void process.stdout.write(`${usage}\n`)
  const { rpc, name } = flags
  if (!rpc || !name || !flags['key-file'] || !flags.parameters) throw new FlagsMissingError()
  const account = privateKeyToAccount(await readKey(flags['key-file']))
  const parameters = await readParameters(flags.parameters)
  const chainId = await createPublicClient({ transport: http(rpc) }).getChainId()
  const deployment = await deployLedger({
    ...{ account, name, chainId, rpcUrl: rpc, parameters, firstNonce: Number(flags['first-nonce']) },
    onDeployed: (contract) => process.stderr.write(`✓ ${contract}\n`),
  })
  const output = resolve(flags.output)
  await writeFileAtomic(output, `${JSON.stringify(deployment, null, 2)}\n`)
  process.stderr.write('✓ verified: the code is that of these sources, and nobody holds a power that he should not\n')
  process.stdout.write(`${output}\n`)
}

function readFlags() {
  return parseArgs({
    options: {
      rpc: { type: 'string' },
      'key-file': { type: 'string' },
      parameters: { type: 'string' },
      name: { type: 'string' },
      'first-nonce': { type: 'string', default: '0' },
      output: { type: 'string', default: 'deployment.json' },
      help: { type: 'boolean', default: false },
    },
  }).values
}

async function readKey(path: string): Promise<Hex> {
  const key = z.object({ privateKey: z.string().regex(/^0x[0-9a-f]{64}$/i) }).safeParse(await readJson(path))
  if (!key.success) throw new BadFileError({ path, reason: 'it has no "privateKey" of 32 bytes' })
  return key.data.privateKey as Hex
}

async function readParameters(path: string) {
  const read = parametersSchema.safeParse({ ...realParameters, ...((await readJson(path)) as object) })
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new BadFileError({ path, reason: `"${issue?.path.join('.')}" is not valid (${issue?.message})` })
}

async function readJson(path: string): Promise<unknown> {
  if (!existsSync(path)) throw new BadFileError({ path, reason: 'it is not there' })
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new BadFileError({ path, reason: 'it is not JSON', cause })
  }
}

class FlagsMissingError extends BaseError {
  override readonly name = 'Deploy.FlagsMissingError'

  constructor() {
    super('Cannot deploy: a flag is missing, expected --rpc, --key-file, --parameters and --name', {
      hint: 'npm run deploy -- --help',
      exitCode: exitCodes.usage,
    })
  }
}

class BadFileError extends BaseError {
  override readonly name = 'Deploy.BadFileError'

  constructor({ path, reason, cause }: { path: string; reason: string; cause?: unknown }) {
    super(`Cannot use "${path}": ${reason}, expected what \`npm run deploy -- --help\` says`, {
      exitCode: exitCodes.usage,
      cause,
    })
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${formatError(error)}\n`)
  process.exitCode = error instanceof BaseError ? error.exitCode : exitCodes.failed
})
