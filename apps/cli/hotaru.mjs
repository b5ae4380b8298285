#!/usr/bin/env node
// Runs the command line on Node 24, from whatever Node started it: the right one comes with the packages.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const wantedMajor = 24

if (Number.parseInt(process.versions.node, 10) >= wantedMajor) {
  // Compiled code is kept between runs: half of the start-up time is the engine reading the same modules again.
  module.enableCompileCache?.()
  const { findBundle } = await import('./src/bundle/findBundle.ts')
  const bundle = findBundle(fileURLToPath(new URL('../../node_modules/.cache/hotaru', import.meta.url)))
  await import(bundle ? pathToFileURL(bundle).href : './src/main.ts')
} else runOnInstalledNode()

function runOnInstalledNode() {
  const node = findInstalledNode()
  if (!node) {
    process.stderr.write(
      `error: Cannot run on Node "${process.versions.node}": Node ${wantedMajor} is not installed, expected it among the packages\n\nhint: npm install\n`,
    )
    process.exitCode = 1
    return
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // From a terminal the child gets these too; it counts signals that come together as one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0)
  })
}

function findInstalledNode() {
  try {
    const directory = dirname(createRequire(import.meta.url).resolve('node/package.json'))
    const path = join(directory, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}
