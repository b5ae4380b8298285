import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import {
  assertNetwork,
  balanceOf,
  ContractsMissingError,
  createLedger,
  type Deployment,
  deployLedger,
  enrollVerifier,
  parseDeployment,
  transferTokens,
} from '@hotaru/chain'
import type { DevAccount } from '@hotaru/devchain'
import { writeFileAtomic } from '@hotaru/journal'
import { privateKeyToAccount } from 'viem/accounts'
import type { Places } from './Places.ts'

/** Who is who on the local network: accounts of its own mnemonic, by number. */
export type Cast = {
  deployer: DevAccount
  treasury: DevAccount
  owner: DevAccount
  renter: DevAccount
  verifiers: readonly DevAccount[]
}

/** Hands the parts out among the chain's funded accounts. */
export function castFrom(accounts: readonly DevAccount[]): Cast {
  const [deployer, treasury, owner, renter, ...verifiers] = accounts as [
    ...[DevAccount, DevAccount, DevAccount, DevAccount],
    ...DevAccount[],
  ]
  return { deployer, treasury, owner, renter, verifiers: verifiers.slice(0, verifierCount) }
}

/** Three is the least of which one may be silent. */
const verifierCount = 3

/** The local price of a token: a tenth of a US dollar, in millionths. Nobody trades it. */
export const usdPerToken = 100_000

/** Deploys the ledger unless it is there, and writes where it is to the deployment file. Safe to repeat. */
export async function prepareLedger(places: Places, rpcUrl: string, chainId: number, cast: Cast): Promise<Deployment> {
  const known = await readDeployment(places.deployment, rpcUrl)
  const isDeployed = known !== undefined && (await isThere(known))
  const deployment = isDeployed
    ? known
    : await deployLedger({
        name: 'local',
        rpcUrl,
        chainId,
        account: privateKeyToAccount(cast.deployer.privateKey),
        parameters: {
          treasury: cast.treasury.address,
          guardian: cast.treasury.address,
          reporters: cast.verifiers.map(({ address }) => address),
          burnBps: 500,
          unbondingSeconds: 14 * 86_400,
        },
      })
  await writeFileAtomic(places.deployment, JSON.stringify(deployment, null, 2))
  return deployment
}

/**
 * Gives everybody the tokens that his part needs, and enrolls the verifiers: a machine that registers before them would be
 * judged by a quorum of one. Who has enough, or is enrolled, is left alone.
 */
export async function fundCast(deployment: Deployment, cast: Cast): Promise<void> {
  const ledger = createLedger({ deployment, account: privateKeyToAccount(cast.treasury.privateKey) })
  const needs = [cast.owner, cast.renter, ...cast.verifiers]
  const balances = await Promise.all(needs.map(({ address }) => balanceOf(ledger, { account: address })))
  const poor = needs.filter((_, index) => (balances[index] ?? 0n) < leastTokens)
  await Promise.all(poor.map(({ address }) => transferTokens(ledger, { to: address, amount: grantTokens })))
  const accounts = cast.verifiers.map(({ privateKey }) => privateKeyToAccount(privateKey))
  await Promise.all(accounts.map((account) => enrollVerifier(createLedger({ deployment, account }))))
}

const oneToken = 10n ** 18n
/** A verifier locks 1,000, a slot 100, and the first lease a fraction of one. */
const leastTokens = 1_500n * oneToken
const grantTokens = 10_000n * oneToken

async function readDeployment(path: string, rpcUrl: string): Promise<Deployment | undefined> {
  if (!existsSync(path)) return undefined
  return { ...parseDeployment(JSON.parse(await readFile(path, 'utf8'))), rpcUrl }
}

async function isThere(deployment: Deployment): Promise<boolean> {
  try {
    await assertNetwork(createLedger({ deployment }))
    return true
  } catch (error) {
    if (error instanceof ContractsMissingError) return false
    throw error
  }
}
