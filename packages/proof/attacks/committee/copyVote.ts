import type { Attack } from '../Attack.ts'
import { commitmentOf } from './commitmentOf.ts'
import { createCommittee } from './createCommittee.ts'
import { addressOf, house, votes } from './setting.ts'

/**
 * A verifier who does no work and votes as another: copies its commitment and opens it with what that one says
 * (`commitment`), or waits until the first vote is opened (`vote`).
 *
 * Predicted: always caught. A commitment is the hash of chain, contract, committee, verifier, vote and salt, so that the
 * other's opens nothing of his; and nobody commits once votes are opened. Who is told by a friend what to say copies
 * unseen: see `passUnseen`.
 */
export function copyVote(what: 'commitment' | 'vote'): Attack {
  return {
    name: `copies another's ${what}`,
    defence: what === 'commitment' ? 'it names its verifier' : 'commits close before',
    shows: 'caught',
    formula: '1',
    predicted: 1,
    trials: 100,
    async attempt(chance) {
      const [worker, copier] = [addressOf(1 + chance.below(1000)), addressOf(2000)]
      const committee = createCommittee([worker, copier])
      const ballot = { ...house, committeeId: 1n, verifier: worker, vote: votes.pass, salt: chance.random32() }
      const copy = { ...ballot, verifier: copier }
      if (what === 'commitment') committee.commit(copier, commitmentOf(ballot))
      committee.commit(worker, commitmentOf(ballot))
      committee.closeCommits()
      committee.reveal(ballot)
      if (what === 'vote') committee.commit(copier, commitmentOf(copy))
      committee.reveal(copy)
      return committee.votes().has(worker) && !committee.votes().has(copier) ? 1 : 0
    },
  }
}
