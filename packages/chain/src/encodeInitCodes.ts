import * as abi from '@hotaru/contracts'
import * as code from '@hotaru/contracts/bytecode'
import { encodeDeployData, type Hex, zeroAddress } from 'viem'
import { toRawRows } from './classRows.ts'
import type { ContractName, Deployment } from './Deployment.ts'

/**
 * What creates each contract: its bytecode and what it is told at its birth, the addresses of the others included.
 *
 * Nobody is told to be an owner: what governance may change obeys the timelock, which obeys the governor and itself.
 */
export function encodeInitCodes({ addresses: at, parameters }: Deployment): Record<ContractName, Hex> {
  const { token, stakes, machines, leases, rewards, committees, audits, faults, prices, beacon, timelock } = at
  const { governance: vote, guardian, challenge, epochSeconds } = parameters
  return {
    token: encodeDeployData({
      ...{ abi: abi.tokenAbi, bytecode: code.tokenBytecode },
      args: [parameters.holder, stakes, leases, rewards],
    }),
    timelock: encodeDeployData({
      ...{ abi: abi.timelockControllerAbi, bytecode: code.timelockControllerBytecode },
      // The governor proposes; whoever likes carries out; nobody administers.
      args: [BigInt(vote.timelockSeconds), [at.governor], [zeroAddress], zeroAddress],
    }),
    governor: encodeDeployData({
      ...{ abi: abi.hotaruGovernorAbi, bytecode: code.hotaruGovernorBytecode },
      args: [
        {
          ...{ token, timelock, votingDelay: vote.votingDelaySeconds, votingPeriod: vote.votingPeriodSeconds },
          ...{ proposalThreshold: BigInt(vote.proposalThreshold), lateQuorumExtension: vote.lateQuorumSeconds },
        },
      ],
    }),
    burnTable: encodeDeployData({
      ...{ abi: abi.burnTableAbi, bytecode: code.burnTableBytecode },
      args: [timelock, parameters.burnSteps],
    }),
    classTable: encodeDeployData({
      ...{ abi: abi.classTableAbi, bytecode: code.classTableBytecode },
      args: [timelock, toRawRows(parameters.classTable)],
    }),
    beacon: encodeBeacon(parameters.beacon),
    prices: encodeDeployData({
      ...{ abi: abi.pricesAbi, bytecode: code.pricesBytecode },
      args: [{ stakes, governance: timelock, reporters: parameters.reporters }],
    }),
    stakes: encodeDeployData({
      ...{ abi: abi.stakesAbi, bytecode: code.stakesBytecode },
      args: [token, { machines, committees, faults, prices }, timelock, BigInt(parameters.unbondingSeconds)],
    }),
    operators: encodeDeployData({ abi: abi.operatorsAbi, bytecode: code.operatorsBytecode, args: [leases] }),
    committees: encodeDeployData({
      ...{ abi: abi.committeesAbi, bytecode: code.committeesBytecode },
      args: [{ stakes, rewards, beacon, audits, faults, seedDelay: BigInt(parameters.seedDelaySeconds) }],
    }),
    audits: encodeDeployData({
      ...{ abi: abi.auditsAbi, bytecode: code.auditsBytecode },
      args: [{ machines, committees, beacon, ...challenge, pickDelay: BigInt(parameters.pickDelaySeconds) }],
    }),
    faults: encodeDeployData({
      ...{ abi: abi.faultsAbi, bytecode: code.faultsBytecode },
      args: [{ stakes, machines, leases, committees }],
    }),
    machines: encodeDeployData({
      ...{ abi: abi.machinesAbi, bytecode: code.machinesBytecode },
      args: [{ stakes, leases, rewards, classTable: at.classTable, audits, faults }],
    }),
    leases: encodeDeployData({
      ...{ abi: abi.leasesAbi, bytecode: code.leasesBytecode },
      args: [
        {
          ...{ token, machines, prices, operators: at.operators, burnTable: at.burnTable, orders: at.orders },
          ...{ faults, guardian, epochSeconds: BigInt(epochSeconds) },
        },
      ],
    }),
    orders: encodeDeployData({ abi: abi.ordersAbi, bytecode: code.ordersBytecode, args: [token, machines, leases] }),
    rewards: encodeDeployData({
      ...{ abi: abi.rewardsAbi, bytecode: code.rewardsBytecode },
      args: [{ token, machines, leases, committees, treasury: timelock, governance: timelock, guardian, epochSeconds }],
    }),
    programs: encodeDeployData({
      ...{ abi: abi.programsAbi, bytecode: code.programsBytecode },
      args: [machines, leases, epochSeconds],
    }),
  }
}

function encodeBeacon(beacon: Deployment['parameters']['beacon']): Hex {
  const schedule = [BigInt(beacon.genesis), BigInt(beacon.periodSeconds)] as const
  if (beacon.kind === 'local')
    return encodeDeployData({
      ...{ abi: abi.localBeaconAbi, bytecode: code.localBeaconBytecode },
      args: [beacon.signer, ...schedule],
    })
  const [a, b, c, d] = beacon.publicKey.map((word) => BigInt(word)) as [bigint, bigint, bigint, bigint]
  return encodeDeployData({
    ...{ abi: abi.drandBeaconAbi, bytecode: code.drandBeaconBytecode },
    args: [[a, b, c, d], ...schedule],
  })
}
