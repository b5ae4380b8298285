import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Deployment, Ledger } from '@hotaru/chain'
import { createTestLedger } from '@hotaru/chain/testing'
import { createDevchain, type Devchain } from '@hotaru/devchain'
import { createHotaru, type Hotaru } from '@hotaru/sdk'

const chainId = 31_511

/** A real chain with a real ledger on it, and agents as processes of their own. */
export type Network = {
  directory: string
  devchain: Devchain
  deployment: Deployment
  renter: Hotaru
  /** A ledger of the n-th dev account. */
  as(index: number): Ledger
  /** Starts the agent in the network's one agent directory and waits until it is ready. */
  startAgent(): Promise<AgentProcess>
  /** Passes the newest audit of a machine. */
  passAudit(machineId: bigint): Promise<void>
  stop(): Promise<void>
}

/** An agent in a process of its own. */
export type AgentProcess = {
  child: ChildProcess
  ready: { machineId: string; endpoint: string; url: string; pid: number }
  /** Everything it logged. */
  log: string[]
  kill(signal: NodeJS.Signals): Promise<void>
}

export async function createNetwork(config: Record<string, unknown> = {}): Promise<Network> {
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-agent-'))
  const devchain = await createDevchain({ directory: join(directory, 'chain'), chainId, allowTestMethods: true })
  const ledger = await createTestLedger(devchain, { name: 'test', chainId })
  const { deployment, as, account } = ledger
  await ledger.fund([6, 8])

  const owner = devchain.accounts[6]
  await writeFile(join(directory, 'owner.json'), JSON.stringify(owner), { mode: 0o600 })
  const agentFile = join(directory, 'agent.json')
  const agentConfig = {
    directory: 'agent',
    deployment,
    ownerKeyFile: 'owner.json',
    listen: ['/ip4/127.0.0.1/tcp/0'],
    offer: { usdPerSlotHour: '0.36', minSeconds: 10, maxSeconds: 3_600 },
    drivers: { container: { enabled: false } },
    confirmations: 0,
    pollMs: 200,
    logLevel: 'debug',
    ...config,
  }
  await writeFile(agentFile, JSON.stringify(agentConfig))
  const running = new Set<AgentProcess>()
  const network = { name: 'test', rpcUrl: devchain.rpcUrl, deployment }
  return {
    ...{ directory, devchain, deployment, as },
    renter: createHotaru({ network, account: account(8) }),
    async startAgent() {
      const agent = await startAgent(agentFile)
      running.add(agent)
      return agent
    },
    async passAudit(machineId) {
      await ledger.passAudit(as(6), machineId, { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 })
    },
    async stop() {
      for (const agent of running) await agent.kill('SIGTERM')
      await devchain.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function startAgent(configPath: string): Promise<AgentProcess> {
  const main = new URL('../main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, '--config', configPath], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  createInterface(child.stderr).on('line', (line) => log.push(line))
  const ready = new Promise<AgentProcess['ready']>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => resolve(JSON.parse(line)))
    child.once('exit', (code) => reject(new Error(`the agent ended with ${code}: ${log.slice(-5).join('\n')}`)))
  })
  return {
    child,
    log,
    ready: await ready,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill(signal)
      await exited
    },
  }
}
