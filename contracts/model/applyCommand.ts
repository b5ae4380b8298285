import { type ActOnLease, actOnLease } from './actOnLease.ts'
import { type LedgerModel, type Party, Refusal, type Terms } from './LeaseModel.ts'
import { type Opening, openLease } from './openLease.ts'
import { burnShareAt } from './splitRent.ts'

/** What somebody asks the ledger for. */
export type Command =
  | ({ kind: 'open' } & Opening)
  | ActOnLease
  | { kind: 'withdraw'; by: Party; purse: number }
  | { kind: 'burn'; by: Party }
  | { kind: 'beat'; by: Party; machineId: bigint }
  | { kind: 'offer'; by: Party; machineId: bigint; terms: Terms }
  | { kind: 'sell'; by: Party; machineId: bigint; to: Party }
  | { kind: 'price'; usdPerToken: bigint; observedAt: number }
  | { kind: 'audit'; machineId: bigint; slots: number }

const priceAge = 86_400
const auditValidity = 30 * 86_400

/**
 * What the ledger is after a command in the second `at`: another model, or the same one and the name of the refusal.
 */
export function applyCommand(
  model: LedgerModel,
  command: Command,
  at: number,
): { model: LedgerModel; refusal: string | undefined } {
  const next = structuredClone(model)
  try {
    act(next, command, at)
    return { model: next, refusal: undefined }
  } catch (error) {
    if (error instanceof Refusal) return { model, refusal: error.refusal }
    throw error
  }
}

function act(model: LedgerModel, command: Command, at: number): void {
  if (command.kind === 'open') openLease(model, command, at)
  else if (command.kind === 'withdraw') withdraw(model, command.purse)
  else if (command.kind === 'burn') model.pendingBurn = 0n
  else if ('leaseId' in command) actOnLease(model, command, at)
  else govern(model, command, at)
}

function withdraw(model: LedgerModel, number: number): void {
  const purse = model.purses[number - 1]
  if (!purse || purse.amount === 0n) throw new Refusal('Leases_PurseEmpty')
  model.wallets[purse.party] = (model.wallets[purse.party] ?? 0n) + purse.amount
  purse.amount = 0n
}

/** What the machine's side, the reporters and the verifiers do. */
function govern(
  model: LedgerModel,
  command: Extract<Command, { kind: 'beat' | 'offer' | 'sell' | 'price' | 'audit' }>,
  at: number,
): void {
  if (command.kind === 'price') {
    model.usdPerToken = command.usdPerToken
    model.priceFreshUntil = command.observedAt + priceAge
    return
  }
  const machine = model.machines[Number(command.machineId) - 1]
  if (!machine) throw new Error('the model has no such machine')
  if (command.kind === 'beat') machine.lastSeen = at
  if (command.kind === 'offer') machine.terms = command.terms
  if (command.kind === 'sell') machine.owner = command.to
  if (command.kind !== 'audit') return
  machine.verified = command.slots
  machine.classUntil = at + auditValidity
  const verified = model.machines.reduce((sum, each) => sum + each.verified, 0)
  model.burnBps = burnShareAt(model.burnSteps, verified)
}
