import { isExamRequest } from '@hotaru/exam'
import { authorise, type LeaseRequest, type LinkHandler, type ServedExchange } from '@hotaru/link'
import type { TokenDomain } from '@hotaru/protocol'
import { serveExam } from '../exam/serveExam.ts'
import type { LeaseTraffic } from './LeaseTraffic.ts'
import type { Room } from './Verb.ts'
import { exec } from './verbs/exec.ts'
import { fetch } from './verbs/fetch.ts'
import { file } from './verbs/file.ts'
import { logs } from './verbs/logs.ts'
import { manifest } from './verbs/manifest.ts'
import { prove, proveOpen } from './verbs/prove.ts'
import { results } from './verbs/results.ts'
import { run } from './verbs/run.ts'
import { status } from './verbs/status.ts'
import { stop } from './verbs/stop.ts'

/**
 * Answers what comes over the link. A request about a lease gets past the door only when the ledger has the lease on
 * this machine and its renter signed for this very thing; nothing here has any effect before that.
 */
export function serveRequests(room: Room, options: serveRequests.Options): LinkHandler {
  return async (request, exchange, caller) => {
    if (request.verb === 'describe') return exchange.sendReply({ type: 'ok', value: await room.describe() })
    if (isExamRequest(request)) return serveExam(request, exchange, caller, room)

    const { id } = await authorise(request, caller, {
      domain: options.domain,
      machineId: BigInt(room.loop.state.machine.id),
      nowSeconds: Math.floor(room.clock.unixMs() / 1000),
      findLease: (leaseId) => room.finder.find(leaseId),
      mayControl: (leaseId, account) => room.ledger.mayControl(leaseId.toString(), account),
    })
    const serve = () => serveLease({ ...request, leaseId: id }, exchange, room)
    return touchesDisk.has(request.verb) ? options.traffic.track(id, exchange, serve) : serve()
  }
}

export declare namespace serveRequests {
  type Options = { domain: TokenDomain; traffic: LeaseTraffic }
}

/** What must be gone before a lease's directory is removed; the others end by themselves and can say why. */
const touchesDisk: ReadonlySet<string> = new Set(['lease.file', 'lease.results', 'lease.fetch'])

function serveLease(request: LeaseRequest, exchange: ServedExchange, room: Room): Promise<void> {
  switch (request.verb) {
    case 'lease.status':
      return status(request, exchange, room)
    case 'lease.manifest':
      return manifest(request, exchange, room)
    case 'lease.file':
      return file(request, exchange, room)
    case 'lease.run':
      return run(request, exchange, room)
    case 'lease.logs':
      return logs(request, exchange, room)
    case 'lease.exec':
      return exec(request, exchange, room)
    case 'lease.results':
      return results(request, exchange, room)
    case 'lease.fetch':
      return fetch(request, exchange, room)
    case 'lease.stop':
      return stop(request, exchange, room)
    case 'lease.prove':
      return prove(request, exchange, room)
    case 'lease.prove.open':
      return proveOpen(request, exchange, room)
  }
}
