import { randomBytes } from 'node:crypto'
import { findPickedFault, type Opening, type PickedEntry, packOpenings, toAnswer, unpackOpenings } from '@hotaru/proof'
import { chainRounds, followPath, hashLeaf, makeEntry } from '@hotaru/proof/testing'
import { createCpuChecker } from '@hotaru/prover'

/**
 * A process that checks 64 entries of the largest products, one in each of 64 rounds, and says what it grew by. The products
 * themselves would take minutes to make, so each root is one that leads to the right entry in a leaf of noise: to the
 * checker it is an answer like any other.
 */
const n = 32_768
const challenge = { n, rounds: 64, slots: 1, seed: hex(randomBytes(32)), chainId: 1n, machineId: 2n, auditId: 3n }
const picks: PickedEntry[] = []
const openings: Opening[] = []
const rounds = chainRounds(challenge, 0, (state, round) => {
  const pick = { slot: 0, round, row: randomBytes(2).readUInt16BE() % n, column: randomBytes(2).readUInt16BE() % n }
  const index = Math.floor((pick.row * n + pick.column) / 256)
  const leaf = randomBytes(1024)
  leaf.writeUInt32BE(makeEntry(Buffer.from(state.slice(2), 'hex'), pick, n), ((pick.row * n + pick.column) % 256) * 4)
  const path = Array.from({ length: 22 }, () => randomBytes(32))
  picks.push(pick)
  openings.push({ leaf: hex(leaf), leafPath: path.map(hex) })
  return hex(followPath(hashLeaf(leaf), path, { index, leafCount: (n * n) / 256 }) ?? new Uint8Array(32))
})
const [answer, packed] = [toAnswer(rounds, challenge), packOpenings(openings)]

globalThis.gc?.()
const before = process.memoryUsage.rss()
const checked = { picks, openings: unpackOpenings(packed, picks.length), checker: createCpuChecker() }
const fault = findPickedFault(challenge, answer, checked)
if (fault) throw new Error(`Cannot measure: ${fault.reason}, expected no fault`)
const grownBytes = process.resourceUsage().maxRSS * 1024 - before
process.stdout.write(`${JSON.stringify({ grownBytes: Math.max(grownBytes, 0) })}\n`)

function hex(bytes: Uint8Array): `0x${string}` {
  return `0x${Buffer.from(bytes).toString('hex')}`
}
