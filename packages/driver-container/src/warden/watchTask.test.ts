import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '@hotaru/base'
import { systemClock } from '@hotaru/base/async'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TaskRecord, taskRecords } from './TaskRecord.ts'
import { watchTask } from './watchTask.ts'

/** An engine with one container, at its boundary: what it answers to the three calls a warden makes. */
class FakeEngine {
  status = 'created'
  kills = 0
  /** Kills that come before the container can be killed. */
  deafKills = 0
  #waiting: (() => void)[] = []
  readonly server: Server

  constructor() {
    this.server = createServer((request, answer) => {
      const url = request.url ?? ''
      if (url.endsWith('/json')) answer.end(JSON.stringify({ State: { Status: this.status, Running: false } }))
      else if (url.endsWith('/kill')) {
        this.kills++
        if (this.kills > this.deafKills) this.end()
        answer.writeHead(this.kills > this.deafKills ? 204 : 409).end('{"message":"is not running"}')
      } else if (this.status === 'exited') answer.end('{"StatusCode":0}')
      else this.#waiting.push(() => answer.end('{"StatusCode":137}'))
    })
  }

  end(): void {
    this.status = 'exited'
    for (const tell of this.#waiting.splice(0)) tell()
  }
}

/** A deadline that no test lives to see. */
const farMs = 1e12

/** A clock that starts at zero and runs a hundred times as fast, since the engine of the test answers in real time. */
function fastClock(): Clock {
  const beganMs = systemClock.monotonicMs()
  const nowMs = () => (systemClock.monotonicMs() - beganMs) * 100
  return { unixMs: nowMs, monotonicMs: nowMs, after: (delayMs, run) => systemClock.after(delayMs / 100, run) }
}

let directory = ''
let fake: FakeEngine
let record: TaskRecord

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-warden-'))
  await mkdir(join(directory, 'work'))
  fake = new FakeEngine()
  await new Promise<void>((resolve) => fake.server.listen(join(directory, 'engine.sock'), resolve))
  const limits = { deadlineUnixMs: farMs, diskBytes: 100_000 }
  record = { taskId: 'one', containerId: 'c1', directory: join(directory, 'work'), nodes: [], ...limits }
  await taskRecords.write(directory, record)
})

afterEach(async () => {
  fake.server.closeAllConnections()
  fake.server.close()
  await rm(directory, { recursive: true, force: true })
})

const engine = () => ({ socketPath: join(directory, 'engine.sock') })

test('ends a workload at its deadline, and never before, though the wall clock jumps', async () => {
  const clock = fastClock()
  let wallMs = 0
  const watching = watchTask(
    engine(),
    directory,
    { ...record, deadlineUnixMs: 10_000 },
    {
      clock: { ...clock, unixMs: () => wallMs },
    },
  )
  wallMs = -1_000_000
  await watching
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(10_000)
  expect(await taskRecords.verdict(directory, 'one')).toBe('deadline')
})

test('kills again when the engine was only just starting the container', async () => {
  fake.deafKills = 3
  await watchTask(engine(), directory, { ...record, deadlineUnixMs: 0 }, { clock: fastClock() })
  expect(fake.kills).toBe(4)
})

test('ends a workload whose files outgrow the quota', async () => {
  const watching = watchTask(engine(), directory, record, { clock: fastClock() })
  await writeFile(join(record.directory, 'big'), new Uint8Array(200_000))
  await watching
  expect(await taskRecords.verdict(directory, 'one')).toBe('disk')
})

test('has no verdict on one that ends by itself, and kills nothing', async () => {
  fake.status = 'running'
  const watching = watchTask(engine(), directory, record, { clock: fastClock() })
  fake.end()
  await watching
  expect(await taskRecords.verdict(directory, 'one')).toBeUndefined()
  expect(fake.kills).toBe(0)
})

test('goes on watching when the engine is away for a while', async () => {
  fake.status = 'running'
  const watching = watchTask(engine(), directory, { ...record, deadlineUnixMs: 10_000 }, { clock: fastClock() })
  fake.server.closeAllConnections()
  await watching
  expect(await taskRecords.verdict(directory, 'one')).toBe('deadline')
})
