import type { Address } from 'viem'
import { localParameters, type Parameters } from '../Parameters.ts'

/** What a test's ledger is made with: a local network's parameters, one burn share for all. */
export function testParameters(parties: testParameters.Parties): Parameters {
  const { holder, guardian, reporters, beacon } = parties
  return {
    ...localParameters,
    ...{ holder, guardian, reporters: [...reporters], burnSteps: [{ fromSlots: 0, bps: 500 }] },
    // A chain of a test makes blocks when it is told to: nothing has to wait for a later round.
    ...{ seedDelaySeconds: 0, pickDelaySeconds: 0, challenge: { n: 16, rounds: 2 } },
    beacon: { kind: 'local', signer: beacon, genesis: 1_700_000_000, periodSeconds: 1 },
  }
}

export declare namespace testParameters {
  type Parties = { holder: Address; guardian: Address; reporters: readonly Address[]; beacon: Address }
}
