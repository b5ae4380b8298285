import type { JournalRecord } from './Event.ts'
import type { LeaseWork, MachineWork, State } from './State.ts'

/** Rebuilds the state from the journal: the newest record of each subject counts. */
export function recall(state: State, records: readonly JournalRecord[]): State {
  const leases: Record<string, LeaseWork> = {}
  let { machine } = state
  for (const record of records) {
    if ('lease' in record) leases[record.lease.id] = toRecalled(record.lease)
    else if ('forget' in record) delete leases[record.forget]
    else machine = { ...machine, ...record.machine }
  }
  return { ...state, machine, leases, inFlight: {}, backoff: {} }
}

/** The records that bring `state` back: what a compacted journal holds. */
export function toRecords(state: State): JournalRecord[] {
  return [{ machine: toMachineRecord(state) }, ...Object.values(state.leases).map((lease) => ({ lease }))]
}

/** The records of what differs between two states and has to outlive the process. */
export function changedRecords(before: State, after: State): JournalRecord[] {
  const records: JournalRecord[] = []
  const machine = toMachineRecord(after)
  if (JSON.stringify(machine) !== JSON.stringify(toMachineRecord(before))) records.push({ machine })
  for (const [id, lease] of Object.entries(after.leases)) {
    const old = before.leases[id]
    if (old !== lease && (!old || kept(old) !== kept(lease))) records.push({ lease })
  }
  for (const id of Object.keys(before.leases)) if (!after.leases[id]) records.push({ forget: id })
  return records
}

function toMachineRecord({ machine }: State): Pick<MachineWork, 'pausedByAgent' | 'readTo'> {
  const { pausedByAgent, readTo } = machine
  return { pausedByAgent, readTo }
}

/** What must not be lost. Received files are found on disk again, the ledger is read again. */
function kept({ received, prepared, recovered, ledger, ...lease }: LeaseWork): string {
  return JSON.stringify([lease, ledger.state])
}

/** Half-written files may lie in the directory: it is looked through again before anything is taken for received. */
function toRecalled(lease: LeaseWork): LeaseWork {
  return { ...lease, prepared: false, received: [], recovered: true }
}
