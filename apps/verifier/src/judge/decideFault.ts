import type { Clock, Logger } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'
import { type Ledger, readFault, readMachine } from '@hotaru/chain'
import { dialMachine } from '@hotaru/link'
import { encodeJudgement, type Machine } from '@hotaru/protocol'
import type { Vote } from '../Duty.ts'
import { within } from '../within.ts'

/**
 * This verifier's vote on a reported fault: it dials the machine a few times from where it is. One answer makes it innocent;
 * what was so before this verifier looked, only the reporter says, and a machine that answers has the benefit of the doubt.
 */
export async function decideFault(ledger: Ledger, faultId: bigint, options: decideFault.Options): Promise<Vote> {
  const { signal, log, clock } = options
  const fault = await readFault(ledger, { faultId })
  const machine = await readMachine(ledger, { machineId: fault.machineId })
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (await answers(machine, options)) return { vote: encodeJudgement({ guilty: false }), why: 'it answered' }
    log.info('machine not reached', { faultId, machineId: machine.id, attempt })
    if (attempt < attempts) await sleep(betweenMs, { signal, clock })
  }
  return { vote: encodeJudgement({ guilty: true, since: fault.since }), why: 'it did not answer' }
}

export declare namespace decideFault {
  type Options = { signal: AbortSignal; log: Logger; clock: Clock }
}

async function answers({ endpoint, key }: Machine, { signal, clock }: decideFault.Options): Promise<boolean> {
  const dial = async (limited: AbortSignal) => {
    const connection = await dialMachine({ endpoint, machineKey: key, signal: limited })
    await connection.close()
    return true
  }
  return within(dialTimeoutMs, dial, { what: 'reach the machine', signal, clock }).catch(() => false)
}

/** A restart of an agent, or of a router, is over in less than the three of them take. */
const attempts = 3
const betweenMs = 10_000
const dialTimeoutMs = 10_000
