import { MalformedError } from './Frame.ts'

const decoder = new TextDecoder('utf-8', { fatal: true })
const encoder = new TextEncoder()

/** The body of a JSON frame as a value. Throws `Link.MalformedError`. */
export function decodeJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes))
  } catch (cause) {
    throw new MalformedError({ what: 'a JSON frame does not parse', expected: 'JSON in UTF-8', cause })
  }
}

/** A value as the body of a JSON frame. */
export function encodeJson(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value))
}
