import { join } from 'node:path'
import { BaseError, createLogger, exitCodes, formatError, formatLogRecord } from '@hotaru/base'
import { Shutdown } from '@hotaru/base/async'
import {
  assertNetwork,
  type BeaconSource,
  createDrandBeacon,
  createLedger,
  createLocalBeacon,
  enrollReporter,
  enrollVerifier,
  type Ledger,
} from '@hotaru/chain'
import { createCpuBackend, createCpuChecker } from '@hotaru/prover'
import { privateKeyToAccount } from 'viem/accounts'
import { Ballots } from './Ballots.ts'
import { NoBeaconError } from './beacon/NoBeaconError.ts'
import { type Config, readConfig } from './config.ts'
import { Evidence } from './hunt/Evidence.ts'
import type { JudgePlan } from './judge/judgeMachine.ts'
import { startVisits } from './mystery/startVisits.ts'
import { keepPrice } from './price/keepPrice.ts'
import { createFolderBoard } from './price/PriceBoard.ts'
import { verify } from './verify.ts'

/**
 * A verifier as a process: `node main.ts CONFIG`. Says `{"ready":true}` on standard output once it is enrolled, logs JSON
 * to standard error, and ends when its standard input closes or on SIGTERM.
 */
async function main(configPath: string): Promise<void> {
  const log = createLogger((record) => process.stderr.write(`${formatLogRecord(record, Date.now())}\n`))
  const shutdown = new Shutdown({ log })
  const end = () => void shutdown.end().then(() => process.exit(exitCodes.ok))
  process.stdin.on('end', end).resume()
  process.on('SIGTERM', end)
  process.on('SIGINT', end)

  const config = await readConfig(configPath)
  const account = privateKeyToAccount(config.privateKey)
  const ledger = createLedger({ deployment: config.deployment, account })
  await assertNetwork(ledger)
  await enrollVerifier(ledger, config)
  const { signal } = shutdown
  const ballots = new Ballots(join(config.directory, 'ballots'))
  const evidence = new Evidence(join(config.directory, 'evidence'))
  // One thread: a verifier is in no hurry, and often not alone on its machine.
  const [backend, checker] = [createCpuBackend({ threads: 1 }), createCpuChecker()]
  shutdown.add('back end', () => backend.close())
  const { privateKey: key, huntMultiplyAdds } = config
  const work = [
    verify(ledger, {
      ...{ beacon: beaconOf(ledger, config), ballots, evidence, plan: planOf(config) },
      ...{ key, backend, checker, huntMultiplyAdds, signal, log },
    }),
  ]
  if (config.report) {
    const { usdPerToken, board } = config.report
    await enrollReporter(ledger)
    const report = { reporter: account, usdPerToken: BigInt(usdPerToken), board: createFolderBoard(board), signal, log }
    work.push(keepPrice(ledger, report))
  }
  const visits = startVisits(ledger, config, { checker, signal, log })
  if (visits) work.push(visits)
  process.stdout.write(`${JSON.stringify({ ready: true })}\n`)
  await Promise.all(work)
}

function planOf({ exam, patienceMs }: Config): JudgePlan {
  const { lineBytes, diskBytes, diskReads, ...rest } = exam
  return { exam: rest, probe: { lineBytes, diskBytes, diskReads }, patienceMs }
}

function beaconOf(ledger: Ledger, { beaconKey, beaconRelays }: Config): BeaconSource {
  if (beaconKey !== undefined) return createLocalBeacon(ledger, { privateKey: beaconKey })
  if (beaconRelays.length === 0) throw new NoBeaconError()
  return createDrandBeacon(beaconRelays)
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${formatError(error)}\n`)
  process.exit(error instanceof BaseError ? error.exitCode : exitCodes.failed)
})
