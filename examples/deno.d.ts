/** The little of Deno's global object that programs in a lease use; the rest of what they call is the web's. */
declare namespace Deno {
  function mkdir(path: string, options: { recursive: boolean }): Promise<void>
  function readFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>>
  function readTextFile(path: string | URL): Promise<string>
  function writeFile(path: string, data: Uint8Array): Promise<void>
  function writeTextFile(path: string, text: string): Promise<void>
}
