import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLedger, findLatestAudit, parseDeployment, readAudit, readCommittee } from '@hotaru/chain'
import { committeesAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import { expect, test } from 'vitest'
import { findProcess } from './testing/findProcess.ts'
import { startNetwork } from './testing/startNetwork.ts'
import { until } from './until.ts'

test('a machine is examined by five; one of them, killed with -9 between commit and reveal, comes back and reveals', async () => {
  const home = await mkdtemp(join(tmpdir(), 'hotaru-verifier-'))
  const starting = startNetwork({ home })
  const often = { everyMs: 20, signal: AbortSignal.timeout(120_000) }
  const read = async (path: string) =>
    JSON.parse(await readFile(join(home, 'local', path), 'utf8').catch(() => 'null')) as Record<string, unknown> | null

  const ledger = createLedger({
    deployment: parseDeployment(await until(async () => (await read('deployment.json')) ?? undefined, often)),
  })
  const { committees } = ledger.deployment.addresses
  const victim = await until(async () => {
    const at = { address: committees, abi: committeesAbi, eventName: 'Committed', fromBlock: 0n, strict: true } as const
    const [first] = await ledger.client.getContractEvents(at).catch(() => [])
    return first?.args.verifier as Address | undefined
  }, often)
  process.kill(await findProcess(home, `${await folderOf(victim, read)}/config.json`), 'SIGKILL')

  const network = await starting
  try {
    const auditId = (await findLatestAudit(ledger, { machineId: 1n })) ?? 0n
    const { state, committeeId } = await readAudit(ledger, { auditId })
    const { votes } = await readCommittee(ledger, { committeeId })
    expect(state).toBe('passed')
    expect(votes.map(({ verifier }) => verifier)).toContain(victim)
    expect(votes).toHaveLength(5)
    const { stdout } = await network.hotaru(['audit', 'show', auditId.toString()]).done
    expect(stdout.filter((line) => line.includes('passed it'))).toHaveLength(5)
  } finally {
    await network.stop()
  }
}, 240_000)

/** The folder of the verifier with this account. */
async function folderOf(account: Address, read: (path: string) => Promise<Record<string, unknown> | null>) {
  for (const name of ['verifier-1', 'verifier-2', 'verifier-3', 'verifier-4', 'verifier-5'])
    if ((await read(`${name}/key.json`))?.address === account) return name
  throw new Error(`Cannot find the verifier: ${account} is none of the five, expected one of them`)
}
