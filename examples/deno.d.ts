/** The little of Deno's global object that programs in a lease use; the rest of what they call is the web's. */
declare namespace Deno {
  function mkdir(path: string, options: { recursive: boolean }): Promise<void>
  function readFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>>
  function readTextFile(path: string | URL): Promise<string>
  function writeFile(path: string, data: Uint8Array): Promise<void>
  function writeTextFile(path: string, text: string): Promise<void>
}

/** WebGPU's flags, which the web's own declarations leave out. */
declare const GPUBufferUsage: {
  readonly MAP_READ: 1
  readonly COPY_SRC: 4
  readonly COPY_DST: 8
  readonly UNIFORM: 64
  readonly STORAGE: 128
}
declare const GPUMapMode: { readonly READ: 1 }
