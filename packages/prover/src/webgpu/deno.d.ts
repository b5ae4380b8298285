/** What the program uses of Deno beyond what programs in a lease do: `examples/deno.d.ts`. */
declare namespace Deno {
  const args: readonly string[]
  const stdin: { readonly readable: ReadableStream<BufferSource> }
  function exit(code: number): never
  const stderr: { readonly writable: WritableStream<Uint8Array> }
  const stdout: { readonly writable: WritableStream<Uint8Array> }
}
