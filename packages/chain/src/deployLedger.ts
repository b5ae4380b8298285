import { BaseError } from '@hotaru/base'
import { tokenAbi } from '@hotaru/contracts'
import { type Account, getContractAddress } from 'viem'
import { assertCode } from './assertCode.ts'
import { assertPowers } from './assertPowers.ts'
import { createLedger, type Ledger } from './createLedger.ts'
import { type ContractName, contractNames, type Deployment, deploymentSchema } from './Deployment.ts'
import { encodeInitCodes } from './encodeInitCodes.ts'
import { readCall } from './readCall.ts'
import { sendCall } from './sendCall.ts'

/**
 * Deploys a whole ledger from one account: contracts that know each other's addresses from their birth, because an address
 * follows from the account and its nonce.
 *
 * Interrupted, it goes on where it was when called again with the same account and `firstNonce`. In the end it is verified
 * twice: the code at each address is what its init code makes, and nobody holds a power that the design does not give.
 *
 * @returns What to write into the network's deployment file.
 * @throws NonceUsedError, CodeDiffersError, PowersError, UnreachableError, NoGasMoneyError
 */
export async function deployLedger(parameters: deployLedger.Parameters): Promise<Deployment> {
  const { account, firstNonce = 0, onDeployed, ...rest } = parameters
  const addressOf = (name: ContractName) =>
    getContractAddress({ from: account.address, nonce: BigInt(firstNonce + contractNames.indexOf(name)) })
  const addresses = Object.fromEntries(contractNames.map((name) => [name, addressOf(name)]))
  const planned = deploymentSchema.parse({ ...rest, addresses, block: 0 })
  const ledger = createLedger({ deployment: planned, account })
  const initCodes = encodeInitCodes(planned)
  for (const [index, name] of contractNames.entries()) {
    const nonce = firstNonce + index
    if (await isDeployed(ledger, { account, nonce, name })) continue
    await sendCall(ledger, { to: undefined, data: initCodes[name] }, `deploy ${name}`)
    onDeployed?.(name)
  }
  await assertCode(ledger)
  await assertPowers(ledger, { deployer: account.address })
  return { ...planned, block: Number(await findFirstBlock(ledger)) }
}

export declare namespace deployLedger {
  type Parameters = Omit<Deployment, 'addresses' | 'block'> & {
    /** Pays for the deployment; has no power afterwards. Best a fresh one. */
    account: Account
    /** The account's nonce for the first contract. @default 0 */
    firstNonce?: number | undefined
    onDeployed?: ((contract: ContractName) => void) | undefined
  }
}

/** Whether an earlier run deployed it. @throws NonceUsedError when the nonce went to something else. */
async function isDeployed(
  ledger: Ledger,
  { account, nonce, name }: { account: Account; nonce: number; name: ContractName },
): Promise<boolean> {
  const [next, code] = await readCall(ledger, 'see what is deployed', (client, addresses) =>
    Promise.all([
      client.getTransactionCount({ address: account.address, blockTag: 'pending' }),
      client.getCode({ address: addresses[name] }),
    ]),
  )
  if (code !== undefined) return true
  if (next !== nonce) throw new NonceUsedError({ account: account.address, next, expected: nonce, contract: name })
  return false
}

/** The block of the token's first and only mint, before which there is nothing to look for. */
async function findFirstBlock(ledger: Ledger): Promise<bigint> {
  const { client, deployment } = ledger
  const address = deployment.addresses.token
  const head = await readCall(ledger, 'read the last block', () => client.getBlockNumber())
  // A deployment is short: walking back from its end finds its beginning in the first range.
  for (let to = head; to >= 0n; to -= rangeBlocks) {
    const from = to >= rangeBlocks ? to - rangeBlocks + 1n : 0n
    const minted = await readCall(ledger, 'find the first block', () =>
      client.getContractEvents({ abi: tokenAbi, address, eventName: 'Transfer', fromBlock: from, toBlock: to }),
    )
    const first = minted.find(({ args }) => BigInt(args.from ?? '0x1') === 0n)
    if (first) return first.blockNumber
  }
  return 0n
}

const rangeBlocks = 1000n

export class NonceUsedError extends BaseError {
  override readonly name = 'Ledger.NonceUsedError'

  constructor(facts: { account: string; next: number; expected: number; contract: ContractName }) {
    const { next, expected, contract } = facts
    super(`Cannot deploy ${contract}: the account's next nonce is "${next}", expected "${expected}"`, {
      facts,
      hint: 'deploy from a fresh account, or give the nonce at which the deployment began as firstNonce',
    })
  }
}
