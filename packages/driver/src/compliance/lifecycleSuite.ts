import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { StartError } from '../errors.ts'
import type { Suite } from './defineSuite.ts'
import { findProcesses } from './findProcesses.ts'
import { isPrinted, readExec, readOutput } from './readOutput.ts'
import type { Setting } from './runDriverCompliance.ts'

/** A workload's life from start to nothing left, as every driver must keep it. */
export function lifecycleSuite({ bench, programs }: Setting): Suite {
  return {
    'is healthy by having run something': async () => {
      const found = await bench().driver().fingerprint()
      expect(found).toMatchObject({ healthy: true, reason: null, driver: bench().driver().name })
      expect(found.version).not.toBeNull()
    },
    'runs a program to its exit code': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.hello()))
      expect(await driver.wait(handle)).toEqual({ code: 3, reason: 'exited' })
    },
    'waits for one that has ended, as often as asked': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.hello()))
      const first = await driver.wait(handle)
      expect(await Promise.all([driver.wait(handle), driver.wait(handle)])).toEqual([first, first])
    },
    'stops waiting when the signal says so': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.polite()))
      const controller = new AbortController()
      const waiting = driver.wait(handle, { signal: controller.signal })
      controller.abort('enough')
      await expect(waiting).rejects.toBe('enough')
    },
    'starts one id once': async () => {
      const driver = bench().driver()
      const marker = `once-${process.pid}-${Math.random().toString(36).slice(2)}`
      const task = await bench().task(programs.marked(marker))
      const [one, two] = await Promise.all([bench().start(driver, task), driver.start(task)])
      await isPrinted(driver, one, 'ready')
      const running = await findProcesses(marker)
      expect(two).toEqual(one)
      expect(await driver.start(task)).toEqual(one)
      expect(await bench().driver().start(task)).toEqual(one)
      expect((await findProcesses(marker)).sort()).toEqual(running.sort())
    },
    'says why it cannot start, and leaves nothing behind': async () => {
      const driver = bench().driver()
      const task = await bench().task(programs.hello())
      const broken = { ...task, directory: join(task.directory, 'is-not-there') }
      await expect(driver.start(broken)).rejects.toBeInstanceOf(StartError)
      expect((await driver.list()).map((handle) => handle.taskId)).not.toContain(task.id)
      const handle = await bench().start(driver, task)
      expect(await driver.wait(handle)).toEqual({ code: 3, reason: 'exited' })
    },
    'lets a program write its own directory': async () => {
      const driver = bench().driver()
      const task = await bench().task(programs.makeFile())
      const handle = await bench().start(driver, task)
      expect(await driver.wait(handle)).toEqual({ code: 0, reason: 'exited' })
      expect(await readFile(join(task.directory, 'out/result.txt'), 'utf8')).toBe('made here')
    },
    'asks before it ends': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.polite()))
      expect(await isPrinted(driver, handle, 'ready')).toBe(true)
      await driver.stop(handle, { graceMs: 20_000 })
      expect(await driver.wait(handle)).toEqual({ code: 9, reason: 'stopped' })
    },
    'ends one that does not listen, and may be told twice': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.stubborn()))
      expect(await isPrinted(driver, handle, 'ready')).toBe(true)
      await Promise.all([driver.stop(handle, { graceMs: 200 }), driver.stop(handle, { graceMs: 200 })])
      expect((await driver.wait(handle)).reason).toBe('stopped')
      await driver.stop(handle)
    },
    'leaves no process behind': async () => {
      const driver = bench().driver()
      const marker = `mark-${process.pid}-${Math.random().toString(36).slice(2)}`
      const handle = await bench().start(driver, await bench().task(programs.marked(marker)))
      expect(await isPrinted(driver, handle, 'ready')).toBe(true)
      expect(await findProcesses(marker)).not.toEqual([])
      await driver.stop(handle, { graceMs: 0 })
      expect(await findProcesses(marker)).toEqual([])
    },
    'lists what it has until it is removed': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.polite()))
      expect(await driver.list()).toContainEqual(handle)
      await driver.remove(handle)
      await driver.remove(handle)
      expect((await driver.list()).map((other) => other.taskId)).not.toContain(handle.taskId)
    },
    'runs a command inside, with its input and exit code': async () => {
      const driver = bench().driver()
      const { command, files } = programs.copyStdin()
      const handle = await bench().start(driver, await bench().task(programs.polite(), { files }))
      expect(await isPrinted(driver, handle, 'ready')).toBe(true)
      const exec = await driver.exec(handle, command, { stdin: spoken('one ', 'two') })
      expect(await readExec(exec)).toBe('one two')
      expect(await exec.exit).toMatchObject({ code: 4, reason: 'exited' })
    },
    'measures what runs': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.spin()))
      expect(await isPrinted(driver, handle, 'ready')).toBe(true)
      const stats = await driver.stats(handle)
      expect(stats.memoryBytes).toBeGreaterThan(0)
      expect(stats.processes).toBeGreaterThan(0)
    },
    'finds the granted devices': async () => {
      const driver = bench().driver()
      const { devices } = await driver.fingerprint()
      const task = await bench().task(programs.polite(), { devices: devices.slice(0, 1) })
      const handle = await bench().start(driver, task)
      expect(await driver.verifyDevices(handle)).toMatchObject({ ok: true })
    },
    'misses a device that is not there': async () => {
      const driver = bench().driver()
      const device = { slot: 0, kind: 'gpu', name: 'a GPU nobody has', id: 'none:0' } as const
      const task = await bench().task(programs.polite(), { devices: [device] })
      const check = await bench()
        .start(driver, task)
        .then((handle) => driver.verifyDevices(handle))
        .catch((error) => error)
      // Both are honest: to refuse the start, or to say afterwards that it is not there.
      if (!(check instanceof StartError)) expect(check).toMatchObject({ ok: false })
    },
    'prints on both streams': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.hello()))
      expect(await readOutput(driver, handle, { stream: 'stdout' })).toBe('hello\n')
      expect(await readOutput(driver, handle, { stream: 'stderr' })).toBe('trouble\n')
    },
  }
}

async function* spoken(...words: string[]): AsyncGenerator<Uint8Array> {
  for (const word of words) yield new TextEncoder().encode(word)
}
