/** A program that says which adapter WebGPU gives it, as one line of JSON, and then waits for input to end. */
export const probeScript = `
const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' })
const { vendor, architecture, device, description, isFallbackAdapter } = adapter?.info ?? {}
const found = adapter ? { vendor, architecture, device, description, isFallbackAdapter } : null
console.log(JSON.stringify({ deno: Deno.version.deno, adapter: found }))
`

/** What the probe saw. */
export type Seen = { deno: string; adapter: Adapter | null }

export type Adapter = {
  vendor: string
  architecture: string
  device: string
  description: string
  isFallbackAdapter: boolean
}

/** Whether an adapter is hardware: neither a fallback nor one of the known software renderers. */
export function isHardware(adapter: Adapter | null): adapter is Adapter {
  return adapter !== null && !adapter.isFallbackAdapter && !/llvmpipe|swiftshader|lavapipe/i.test(adapter.description)
}

/** Reads the probe's line. Undefined when it printed no such line. */
export function parseSeen(output: string): Seen | undefined {
  try {
    return JSON.parse(output.trim().split('\n').at(-1) ?? '')
  } catch {
    return undefined
  }
}
