/** What a program in a lease can tell the one who rented it, beside plain lines. */
export type Report =
  | { device: { kind: 'cpu' | 'gpu'; name: string; api: 'wasm' | 'webgpu' } }
  | { progress: { done: number; total: number; label: string } }
  | { result: Record<string, string | number> }

/** Writes one report as the line that the command line turns into a progress bar or a receipt. */
export function report(line: Report): void {
  console.log(`@hotaru ${JSON.stringify(line)}`)
}
