import { serveBackend } from '../child/serveBackend.ts'
import { openWebGpuBackend } from './openWebGpuBackend.ts'

/**
 * The program that runs the proof in Deno: one device, chosen by power preference, the only choice that WebGPU has. Its
 * argument is the options of `createDenoBackend` as JSON. Where there is no adapter, it says so on standard error and ends.
 */
const opened = await openWebGpuBackend(JSON.parse(Deno.args[0] ?? '{}'))
if (!opened) {
  await new Blob(['there is no WebGPU adapter\n']).stream().pipeTo(Deno.stderr.writable)
  Deno.exit(1)
}
const { backend, described } = opened
const writer = Deno.stdout.writable.getWriter()
const encoder = new TextEncoder()
await serveBackend(backend, described, {
  input: linesOf(Deno.stdin.readable),
  write: (line) => writer.write(encoder.encode(`${line}\n`)),
})

async function* linesOf(stream: ReadableStream<BufferSource>): AsyncGenerator<string> {
  let rest = ''
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}
