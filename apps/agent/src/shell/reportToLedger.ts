import type { Effect } from '../core/Effect.ts'
import type { Fact } from '../core/Event.ts'
import type { LedgerPort } from '../ports.ts'

type LedgerEffect = Extract<
  Effect,
  {
    type: 'sendStart' | 'sendEnd' | 'sendSettle' | 'heartbeat' | 'pause' | 'resume' | 'requestAudit' | 'setEndpoint'
  }
>

/**
 * Sends one transaction, unless the ledger shows that it is not needed any more: after a crash nobody knows whether
 * the last one got through, and asking is cheaper than a transaction that reverts.
 */
export async function reportToLedger(effect: LedgerEffect, ledger: LedgerPort): Promise<Fact[]> {
  switch (effect.type) {
    case 'sendStart':
      return report(effect.leaseId, ledger, ['open'], () => ledger.startLease(effect.leaseId))
    case 'sendEnd':
      return report(effect.leaseId, ledger, ['open', 'running'], () => ledger.endLease(effect.leaseId))
    case 'sendSettle':
      return report(effect.leaseId, ledger, ['running', 'ended'], () => ledger.settleLease(effect.leaseId))
    case 'heartbeat':
      await ledger.heartbeat()
      return [{ type: 'heartbeatSent' }]
    case 'pause':
      await ledger.pause()
      return [{ type: 'machineMoved', state: 'paused' }]
    case 'resume':
      await ledger.resume()
      return [{ type: 'machineMoved', state: 'online' }]
    case 'requestAudit':
      await ledger.requestAudit()
      return [{ type: 'auditRequested' }]
    case 'setEndpoint':
      await ledger.setEndpoint(effect.endpoint)
      return [{ type: 'endpointSet', endpoint: effect.endpoint }]
  }
}

async function report(
  leaseId: string,
  ledger: LedgerPort,
  from: readonly string[],
  send: () => Promise<void>,
): Promise<Fact[]> {
  const before = await ledger.readLease(leaseId)
  if (!before || !from.includes(before.state)) return [{ type: 'leaseSeen', leaseId, lease: before }]
  await send()
  const [head, lease] = await Promise.all([ledger.readHead(), ledger.readLease(leaseId)])
  return [
    { type: 'headSeen', ...head },
    { type: 'leaseSeen', leaseId, lease },
  ]
}
