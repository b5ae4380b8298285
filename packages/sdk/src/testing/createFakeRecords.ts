import { BaseError } from '@hotaru/base'
import { initialClassTable, type Machine } from '@hotaru/protocol'
import type { InForce, Records } from '../Records.ts'

/** Records of a ledger on which nothing ever happened: no audit, no fault, no programme, no vote. */
export function createFakeRecords({ readMachine }: createFakeRecords.Options): Records {
  const none = async () => []
  const missing = async () => {
    throw new NothingThereError()
  }
  const rewards = {
    points: 0,
    fromEpoch: 0,
    untilEpoch: 0,
    unvested: 0n,
    claimable: 0n,
    currentEpoch: 0n,
    nextEpoch: 0n,
  }
  const claims = { rewards: 0n, programs: [] }
  return {
    readMachineDetail: async (machineId) => ({
      ...{ machine: await readMachine(machineId), stake: 0n, audit: undefined, rewards, claims, burns: [] },
      ...{ measured: undefined, openFaults: [] },
    }),
    claimMachine: async () => claims,
    ...{ listAudits: none, listFaults: none, listPrograms: none, listProposals: none },
    ...{ readAuditDetail: missing, readFaultDetail: missing, readProgram: missing, readProposal: missing },
    ...{ castVote: missing, advanceProposal: missing, delegateVotes: missing },
    readVotes: async () => ({ votes: 0n, delegate: `0x${'00'.repeat(20)}` }),
    readInForce: async () => quiet,
    readClassTable: async () => quiet.classes,
  }
}

export declare namespace createFakeRecords {
  type Options = { readMachine(machineId: bigint): Promise<Machine> }
}

const quiet: InForce = {
  price: { usdPerToken: 250_000n, freshUntil: 0, reporters: 3 },
  burn: { steps: [{ fromSlots: 0, bps: 500 }], verifiedSlots: 0, bps: 500, total: 0n, pending: 0n },
  classes: [...initialClassTable],
  ...{ leasesPausedUntil: 0, mintsPausedUntil: 0, kappaBps: 8000 },
  epoch: { number: 0, seconds: 86_400, nextToRoll: 0, emission: 0n },
  tokens: { supply: 0n, minted: 0n, staked: 0n, slashed: 0n },
  voting: {
    ...{ delaySeconds: 0, periodSeconds: 1, threshold: 0n, quorumPercent: 4, lateQuorumSeconds: 0, timelockSeconds: 0 },
  },
}

class NothingThereError extends BaseError {
  override readonly name = 'Ledger.NotFoundError'

  constructor() {
    super('Cannot look it up: nothing ever happened on this ledger, expected something')
  }
}
