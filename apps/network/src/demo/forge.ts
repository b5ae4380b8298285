import {
  balanceOf,
  depositStake,
  exitMachine,
  findForgery,
  findLatestAudit,
  readAudit,
  readStake,
  registerMachine,
  requestAudit,
  transferTokens,
} from '@hotaru/chain'
import { formatTokens } from '@hotaru/protocol'
import { zeroHash } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { createForger, type Forger } from './createForger.ts'
import { DemoError, type Stage } from './Stage.ts'

/**
 * A machine posts work with one wrong entry in each product. Chance hardly looks there, so its committee passes it; then the
 * verifiers hunt, have it lead them to the entry, and prove it to the ledger. Returns how it ended.
 */
export async function forge(stage: Stage): Promise<string> {
  const key = generatePrivateKey()
  const forger = await createForger(stage.cheat, { key })
  try {
    return await convict(stage, forger, key)
  } finally {
    await forger.stop()
  }
}

async function convict(stage: Stage, forger: Forger, key: `0x${string}`): Promise<string> {
  const { steps, cheat, show, wait } = stage
  const { machineId, auditId } = await steps.run(
    'machine',
    () => register(stage, forger, key),
    ({ machineId, auditId }) => `machine ${machineId} of another owner; audit ${auditId} is asked for`,
  )
  await steps.run(
    'audit',
    () =>
      wait('see the audit end', async () => {
        const audit = await readAudit(cheat, { auditId })
        return audit.state === 'requested' ? undefined : audit
      }),
    () => `${auditId} is over: five verifiers looked at 64 entries each`,
  )
  const { prover, taken } = await steps.run(
    'proof',
    () => wait('see the forgery proved', () => findForgery(cheat, { auditId })),
    (proof) => `${proof.prover} found a wrong entry and showed it to the ledger: ${formatTokens(proof.taken)} slashed`,
  )
  await show('audit', 'show', auditId.toString())
  await show('machine', 'show', machineId.toString())
  // It does not stand among the others for ever; its stake answers for it until it is free.
  await exitMachine(cheat, { machineId })
  if (taken === 0n) throw new DemoError({ found: 'nothing was slashed', expected: 'half of the stake' })
  return `machine ${machineId} lost ${formatTokens(taken)} for a wrong entry that verifier ${prover} found`
}

async function register({ treasury, cheat }: Stage, forger: Forger, key: `0x${string}`) {
  const account = cheat.wallet?.account.address ?? '0x'
  const [balance, { free }] = await Promise.all([balanceOf(cheat, { account }), readStake(cheat, { account })])
  const missing = stakePerSlot > free ? stakePerSlot - free : 0n
  if (balance < missing) await transferTokens(treasury, { to: account, amount: missing - balance })
  if (missing > 0n) await depositStake(cheat, { amount: missing })
  const { machineId } = await registerMachine(cheat, {
    ...{ key: privateKeyToAccount(key), slots: 1, endpoint: forger.endpoint, claim: '{"it":"says what it likes"}' },
    offer: { usdPerSlotHour: 20_000n, minSeconds: 60, maxSeconds: 3600, tier: 'process' },
  })
  const latest = await findLatestAudit(cheat, { machineId })
  const auditId = latest ?? (await requestAudit(cheat, { machineId, ringer: zeroHash })).auditId
  return { machineId, auditId }
}

/** `Machines.STAKE_PER_SLOT`. */
const stakePerSlot = 100n * 10n ** 18n
