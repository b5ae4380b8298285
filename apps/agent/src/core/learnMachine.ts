import type { Fact } from './Event.ts'
import type { MachineWork, Settings, State } from './State.ts'
import { taskIdOf } from './toTask.ts'

/** Takes a fact about the machine itself; any other leaves it as it is. */
export function learnMachine(
  state: State,
  fact: Fact,
  { nowMs, settings }: { nowMs: number; settings: Settings },
): MachineWork {
  const { machine } = state
  switch (fact.type) {
    case 'machineSeen':
      return { ...machine, ledger: fact.ledger }
    case 'ledgerRead':
      return Math.abs(fact.block - machine.readTo) < readToStepBlocks ? machine : { ...machine, readTo: fact.block }
    case 'driversChecked':
      return { ...machine, drivers: fact.drivers }
    case 'diskChecked':
      return { ...machine, freeDiskBytes: fact.freeBytes }
    case 'listening':
      return { ...machine, endpoint: fact.endpoint }
    case 'heartbeatSent':
      return { ...machine, heartbeatAtMs: nowMs }
    case 'auditRequested':
      return { ...machine, auditAskedAtMs: nowMs }
    case 'machineMoved':
      return {
        ...machine,
        pausedByAgent: fact.state === 'paused' && machine.pausedByAgent,
        ledger: machine.ledger && { ...machine.ledger, state: fact.state },
      }
    case 'endpointSet':
      return { ...machine, ledger: machine.ledger && { ...machine.ledger, endpoint: fact.endpoint } }
    case 'examBegun':
      return { ...machine, examining: true }
    case 'examEnded':
      return { ...machine, examining: false }
    case 'workloadsFound':
      return { ...machine, orphans: fact.handles.filter((handle) => isOrphan(state, handle.taskId, settings)) }
    case 'orphanRemoved':
      return { ...machine, orphans: machine.orphans.filter((handle) => handle.taskId !== fact.taskId) }
    default:
      return machine
  }
}

/** A workload of ours whose lease is not here, or was wiped. Another agent's on the same engine is left alone. */
function isOrphan({ leases }: State, taskId: string, settings: Settings): boolean {
  if (!taskId.startsWith(`${settings.taskPrefix}-`)) return false
  return !Object.values(leases).some((lease) => !lease.wiped && taskIdOf(lease.id, settings) === taskId)
}

/** A line in the journal for each so many blocks; a restart reads at most these again. */
const readToStepBlocks = 500
