import { type AloneShown, memoryBytesOf, multiplyAddsOf, showAlone } from '@hotaru/proof'
import { parseJob } from './job.ts'
import { openDevice } from './openDevice.ts'
import { report } from './report.ts'

const startedAt = performance.now()
const job = parseJob(await Deno.readTextFile('job.json'))
const answer: { cpu?: AloneShown & { device: string }; gpu?: AloneShown & { device: string } } = {}
const said: Record<string, number> = {}
for (const kind of ['cpu', 'gpu'] as const) {
  const part = job[kind]
  if (!part) continue
  const device = await openDevice(kind)
  if (!device) console.log(`${kind}: there is none here`)
  if (!device) continue
  const { backend, name } = device
  report({ device: { kind, name, api: kind === 'gpu' ? 'webgpu' : 'wasm' } })
  const asked = { ...part, chainId: BigInt(job.chainId), machineId: BigInt(job.machineId) }
  const shown = await showAlone(asked, {
    ...{ backend, clock: { monotonicMs: () => performance.now() } },
    commit: (what, root) => console.log(`${kind}: commits to its ${what} ${root}`),
    onRound: ({ round }) =>
      report({ progress: { done: round + 1, total: part.rounds, label: `round ${round + 1}/${part.rounds}` } }),
  })
  await backend.close()
  answer[kind] = { ...shown, device: name }
  const perSecond = (multiplyAddsOf(part) / shown.sprintMs) * 1000
  said[`${kind}MultiplyAddsPerSecond`] = Math.round(perSecond)
  const mebibytes = memoryBytesOf(part) / 2 ** 20
  console.log(
    `${kind} (${name}): ${(perSecond / 1e9).toFixed(1)} billion multiply-adds a second, ${mebibytes} MiB walked in ${(shown.walkMs / 1000).toFixed(1)} s, by its own clock`,
  )
}

await Deno.mkdir('out', { recursive: true })
await Deno.writeTextFile('out/answer.json', JSON.stringify(answer))
console.log('The proof is in out/answer.json')
report({ result: { output: 'out/answer.json', ...said, totalMs: Math.round(performance.now() - startedAt) } })
