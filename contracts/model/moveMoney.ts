import { type LeaseModel, type LedgerModel, type Party, Refusal } from './LeaseModel.ts'
import { splitRent } from './splitRent.ts'

/** Takes escrow from a wallet. */
export function takeEscrow(model: LedgerModel, lease: LeaseModel, from: Party, amount: bigint): void {
  const wallet = model.wallets[from] ?? 0n
  if (wallet < amount) throw new Refusal('ERC20InsufficientBalance')
  model.wallets[from] = wallet - amount
  lease.escrow += amount
}

/** Gives rent out of escrow to payee, operator and fire, and `refund` back to the renter. */
export function release(model: LedgerModel, lease: LeaseModel, { gross = 0n, refund = 0n }): void {
  const { paid, fee, burnt } = splitRent(gross, lease)
  lease.escrow -= gross + refund
  if (lease.escrow < 0n) throw new Error('the model paid out more than was in escrow')
  payPurse(model, lease.payee, paid)
  if (lease.operator !== undefined) payPurse(model, lease.operator, fee)
  model.pendingBurn += burnt
  model.totalBurnt += burnt
  model.wallets[lease.renter] = (model.wallets[lease.renter] ?? 0n) + refund
}

/** Ends it for good: seconds up to `paidTo` are paid, and everything else goes back. */
export function closeLease(
  model: LedgerModel,
  lease: LeaseModel,
  { paidTo, at }: { paidTo: number; at: number },
): void {
  const hasBegun = lease.phase === 'begun'
  const gross = hasBegun ? lease.rate * BigInt(paidTo - lease.paidTo) : 0n
  release(model, lease, { gross, refund: lease.escrow - gross })
  if (!hasBegun && at < lease.opensAt)
    lease.left = { slots: lease.slots & ~heirsOf(model, lease), until: lease.opensAt }
  lease.endsAt = hasBegun ? Math.min(at, lease.endsAt) : at
  lease.paidTo = hasBegun ? paidTo : at
  lease.phase = 'closed'
  lease.accepted = false
}

/** The slots that go back to those whose notice it waited for. */
function heirsOf(model: LedgerModel, lease: LeaseModel): bigint {
  return model.leases
    .filter(
      ({ machineId, phase, endsAt }) => machineId === lease.machineId && phase === 'begun' && endsAt === lease.opensAt,
    )
    .reduce((slots, heir) => slots | heir.slots, 0n)
}

function payPurse(model: LedgerModel, party: Party, amount: bigint): void {
  const purse = model.purses.find((each) => each.party === party)
  if (!purse) throw new Error(`the model pays "${party}", who has no purse`)
  purse.amount += amount
}
