import type { Driver, Exec, Handle, LogOptions } from '../Driver.ts'

/** Everything a workload prints on one stream until it has ended, as text. */
export async function readOutput(
  driver: Driver,
  handle: Handle,
  options: LogOptions & { stream?: 'stdout' | 'stderr' } = {},
): Promise<string> {
  const { stream = 'stdout', ...logOptions } = options
  const chunks: Uint8Array[] = []
  for await (const chunk of driver.logs(handle, { follow: true, ...logOptions })) {
    if (chunk.stream === stream) chunks.push(chunk.bytes)
  }
  return Buffer.concat(chunks).toString()
}

/** Resolves when `text` has been printed on stdout; false when the workload ended without it. */
export async function isPrinted(driver: Driver, handle: Handle, text: string): Promise<boolean> {
  let seen = ''
  for await (const chunk of driver.logs(handle, { follow: true })) {
    if (chunk.stream === 'stdout') seen += Buffer.from(chunk.bytes).toString()
    if (seen.includes(text)) return true
  }
  return false
}

/** Everything a command printed on stdout, as text. */
export async function readExec(exec: Exec): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const { stream, bytes } of exec.output) if (stream === 'stdout') chunks.push(bytes)
  return Buffer.concat(chunks).toString()
}
