import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Handle, Task } from '../Driver.ts'
import type { Suite } from './defineSuite.ts'
import { isPrinted } from './readOutput.ts'
import type { Setting } from './runDriverCompliance.ts'

/** Workloads live on, and still end, when the agent does not. */
export function survivalSuite({ bench, programs, module }: Setting): Suite {
  return {
    'adopts one that runs, and hears its end': async () => {
      const task = await bench().task(programs.untilGo())
      const handle = await bench().start(bench().driver(), task)
      const later = bench().driver()
      const revived: Handle = JSON.parse(JSON.stringify(handle))
      expect(await later.recover(revived)).toBe('running')
      expect(await later.list()).toContainEqual(revived)
      await writeFile(join(task.directory, 'go'), '')
      expect(await later.wait(revived)).toEqual({ code: 7, reason: 'exited' })
    },
    'learns how one ended meanwhile': async () => {
      const first = bench().driver()
      const handle = await bench().start(first, await bench().task(programs.hello()))
      await first.wait(handle)
      expect(await bench().driver().recover(handle)).toEqual({ code: 3, reason: 'exited' })
    },
    'is honest about one it does not know': async () => {
      const driver = bench().driver()
      const handle = await bench().start(driver, await bench().task(programs.hello()))
      await driver.wait(handle)
      await driver.remove(handle)
      expect(await bench().driver().recover(handle)).toEqual({ code: null, reason: 'lost' })
    },
    'outlives an agent that is killed': async () => {
      const task = await bench().task(programs.untilGo())
      const handle = await startWithDyingAgent(module, join(bench().directory, 'state'), task)
      const driver = bench().driver()
      await bench().start(driver, task)
      expect(await driver.recover(handle)).toBe('running')
      await writeFile(join(task.directory, 'go'), '')
      expect(await driver.wait(handle)).toEqual({ code: 7, reason: 'exited' })
    },
    'ends at its deadline though the agent is dead': async () => {
      const task = await bench().task(programs.stubborn(), { deadlineMs: 2_500 })
      const handle = await startWithDyingAgent(module, join(bench().directory, 'state'), task)
      const driver = bench().driver()
      await bench().start(driver, task)
      expect((await driver.wait(handle)).reason).toBe('deadline')
      expect(Date.now() - task.deadlineUnixMs).toBeGreaterThanOrEqual(-50)
      expect(Date.now() - task.deadlineUnixMs).toBeLessThan(5_000)
    },
    'ends one that never would, at its deadline': async () => {
      const driver = bench().driver()
      const task = await bench().task(programs.spin(), { deadlineMs: 4_000 })
      const handle = await bench().start(driver, task)
      expect(await driver.wait(handle)).toEqual({ code: null, reason: 'deadline' })
      expect(await isPrinted(driver, handle, 'ready')).toBe(true)
    },
  }
}

/** Starts a task from another process, which is killed (SIGKILL) the moment the task runs. */
async function startWithDyingAgent(module: URL | undefined, directory: string, task: Task): Promise<Handle> {
  if (!module) throw new Error('a driver without "module" must skip this test')
  const script = fileURLToPath(new URL('./startAndHang.ts', import.meta.url))
  const agent = spawn(process.execPath, [script, module.href, directory, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let line = ''
  for await (const chunk of agent.stdout) if ((line += chunk).includes('\n')) break
  agent.kill('SIGKILL')
  if (agent.exitCode === null && agent.signalCode === null) await once(agent, 'exit')
  return JSON.parse(line)
}
