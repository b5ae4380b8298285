import { describeAdapter } from './describeAdapter.ts'

/** The program that lists the adapters WebGPU tells apart, as one line of JSON: one for each power preference. */
const found = []
for (const powerPreference of ['high-performance', 'low-power'] as const) {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference })
  if (adapter) found.push({ powerPreference, ...describeAdapter(adapter.info) })
}
await new Blob([JSON.stringify(found)]).stream().pipeTo(Deno.stdout.writable)
