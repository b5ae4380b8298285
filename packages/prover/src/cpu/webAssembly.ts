/** A memory that threads share: what is written in one is seen by all. */
export type SharedMemory = { readonly buffer: SharedArrayBuffer; grow(pages: number): number }

/** A compiled module; may be sent to threads. */
export type Module = { readonly kind: 'module' }

/** The part of WebAssembly that is used here: Node has it, and its types leave it out. */
export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssembly }).WebAssembly

type WebAssembly = {
  validate(bytes: Uint8Array): boolean
  Module: new (bytes: Uint8Array) => Module
  Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory
  Instance: new (module: Module, imports: { env: { memory: SharedMemory } }) => { readonly exports: unknown }
}
