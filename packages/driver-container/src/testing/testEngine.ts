import { existsSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Engine } from '../engine/Engine.ts'
import { buildImage } from '../image/buildImage.ts'
import { startEngine } from '../startEngine.ts'

/** What the container suites run on, or why they cannot. */
export type TestEngine =
  | { engine: Engine; image: string; unavailable: null; stop: () => Promise<void> }
  | { engine: null; image: null; unavailable: string; stop: () => Promise<void> }

/** Kept between runs: building the image takes half a minute, loading it five seconds. */
const cache = fileURLToPath(new URL('../../../../node_modules/.cache/hotaru-container/', import.meta.url))

/** The node that the fake GPU of the tests has; a name no driver uses. */
export const fakeNode = '/dev/nvidia77'

/**
 * An engine of the suite's own with the test image on it; the same one for every process that names the same suite.
 *
 * Docker finds a hook of NVIDIA's name on the daemon's PATH, which makes a node as the real one would: so device
 * requests are exercised for real on machines without a GPU.
 */
export async function testEngine(suite: string): Promise<TestEngine> {
  const missing = findMissing()
  if (missing !== undefined) return { engine: null, image: null, unavailable: missing, stop: async () => {} }
  const hooks = join(cache, 'hooks')
  await mkdir(hooks, { recursive: true })
  const hook = join(hooks, 'nvidia-container-runtime-hook')
  await writeFile(hook, fakeHook)
  await chmod(hook, 0o755)
  const path = `${hooks}:${process.env.PATH}`
  const { engine, stop } = await startEngine({ directory: join(cache, `engine-${suite}`), path })
  const deno = join(dirname(createRequire(import.meta.url).resolve('deno/package.json')), 'deno')
  const image = await buildImage(engine, { directory: cache, deno })
  return { engine, image, unavailable: null, stop }
}

function findMissing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'the engine of the tests needs Linux and root'
  if (!['/usr/sbin/dockerd', '/usr/bin/dockerd'].some(existsSync)) return 'dockerd is not installed (docker.io)'
  if (!existsSync('/usr/bin/mmdebstrap')) return 'mmdebstrap is not installed'
  return undefined
}

/** Reads the OCI state from stdin and makes the node inside the container, before its root is sealed. */
const fakeHook = `#!/bin/sh
case "$1" in --version) echo "NVIDIA Container Runtime Hook version 99.0.0"; exit 0;; esac
state=$(cat)
pid=$(printf %s "$state" | sed 's/.*"pid":\\([0-9]*\\).*/\\1/')
bundle=$(printf %s "$state" | sed 's/.*"bundle":"\\([^"]*\\)".*/\\1/')
root=$(sed 's/.*"root":{"path":"\\([^"]*\\)".*/\\1/' "$bundle/config.json")
grep -q '"NVIDIA_VISIBLE_DEVICES=GPU-fake"' "$bundle/config.json" || exit 0
for node in ${fakeNode} /dev/nvidiactl; do
  nsenter -t "$pid" -m /bin/mknod -m 666 "$root$node" c 1 3
done
`
