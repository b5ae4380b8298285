import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Logger } from '@hotaru/base'
import { type Ledger, readTime, reportFault } from '@hotaru/chain'
import type { Checker } from '@hotaru/proof'
import { parseUsd } from '@hotaru/protocol'
import { createHotaru } from '@hotaru/sdk'
import { privateKeyToAccount } from 'viem/accounts'
import type { Config } from '../config.ts'
import { keepVisiting } from './keepVisiting.ts'
import { VisitBook } from './VisitBook.ts'

/**
 * Visits machines as the renter that the config names, and reports as this verifier; undefined where it names none.
 *
 * @param ledger This verifier's: its account must not be the renter's.
 */
export function startVisits(
  ledger: Ledger,
  { mystery, renterKey, directory }: Pick<Config, 'mystery' | 'renterKey' | 'directory'>,
  means: { checker: Checker; signal: AbortSignal; log: Logger },
): Promise<void> | undefined {
  if (!mystery || renterKey === undefined) return undefined
  const { deployment } = ledger
  const network = { name: 'verifier', rpcUrl: deployment.rpcUrl, deployment }
  const renter = createHotaru({ network, account: privateKeyToAccount(renterKey) })
  const { log } = means
  const report: keepVisiting.Options['report'] = async ({ machineId, evidence }) => {
    const since = await readTime(ledger)
    const { faultId } = await reportFault(ledger, { machineId, kind: 'unlike', since, evidence })
    log.info('fault reported', { faultId, machineId })
  }
  return keepVisiting(renter, {
    ...means,
    ...{ workload: mystery.workload, everySeconds: mystery.everySeconds, targetMs: mystery.targetMs },
    maxUsdPerHour: parseUsd(mystery.maxUsdPerHour.toFixed(6)),
    book: new VisitBook(join(directory, 'mystery')),
    random: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
    report: mystery.reports ? report : undefined,
  })
}
