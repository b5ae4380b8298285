import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import {
  assertNetwork,
  balanceOf,
  ContractsMissingError,
  createLedger,
  type Deployment,
  deployLedger,
  enrollReporter,
  enrollVerifier,
  localParameters,
  parseDeployment,
  transferTokens,
} from '@hotaru/chain'
import type { DevAccount } from '@hotaru/devchain'
import { writeFileAtomic } from '@hotaru/journal'
import type { LocalAccount } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Places } from './Places.ts'

/** Who is who on the local network: accounts of its own mnemonic, by number. */
export type Cast = {
  deployer: DevAccount
  treasury: DevAccount
  owner: DevAccount
  renter: DevAccount
  /** Signs the rounds of the local beacon. */
  beacon: DevAccount
  verifiers: readonly DevAccount[]
}

/** Hands the parts out among the chain's funded accounts. */
export function castFrom(accounts: readonly DevAccount[]): Cast {
  const [deployer, treasury, owner, renter, beacon, ...verifiers] = accounts as [
    ...[DevAccount, DevAccount, DevAccount, DevAccount, DevAccount],
    ...DevAccount[],
  ]
  return { deployer, treasury, owner, renter, beacon, verifiers: verifiers.slice(0, verifierCount) }
}

/** A whole committee: each audit has all of them. */
const verifierCount = 5

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
          ...localParameters,
          holder: cast.treasury.address,
          guardian: cast.treasury.address,
          reporters: cast.verifiers.map(({ address }) => address),
          beacon: { kind: 'local', signer: cast.beacon.address, ...beaconSchedule },
        },
      })
  await writeFileAtomic(places.deployment, JSON.stringify(deployment, null, 2))
  return deployment
}

/**
 * Gives everybody the tokens that his part needs, and enrolls the verifiers: a committee is drawn from those who were enrolled
 * when it was asked for. Who has enough, or is enrolled, is left alone.
 */
export async function fundCast(deployment: Deployment, cast: Cast): Promise<void> {
  const ledger = createLedger({ deployment, account: privateKeyToAccount(cast.treasury.privateKey) })
  const needs = [cast.owner, cast.renter, ...cast.verifiers]
  const balances = await Promise.all(needs.map(({ address }) => balanceOf(ledger, { account: address })))
  const poor = needs.filter((_, index) => (balances[index] ?? 0n) < leastTokens)
  await Promise.all(poor.map(({ address }) => transferTokens(ledger, { to: address, amount: grantTokens })))
  const accounts = cast.verifiers.map(({ privateKey }) => privateKeyToAccount(privateKey))
  const enroll = async (account: LocalAccount, index: number) => {
    const own = createLedger({ deployment, account })
    await enrollVerifier(own, { region: regionOf(index) })
    await enrollReporter(own)
  }
  await Promise.all(accounts.map(enroll))
}

/** Where a verifier of the local network says that it looks from. */
export const regionOf = (index: number) => (index % regions) + 1

const oneToken = 10n ** 18n
/** A round a second, counted from before any local network: a start that was cut off deploys the same beacon again. */
const beaconSchedule = { genesis: 1_700_000_000, periodSeconds: 1 }
/** A fault needs two of them; on one machine they are made up. */
const regions = 2
/** A verifier locks 1,000 and as a reporter 1,000 more, a slot 100, and the first lease a fraction of one. */
const leastTokens = 2_500n * oneToken
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
