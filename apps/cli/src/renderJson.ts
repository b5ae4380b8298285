/** JSON on one line; bigints become decimal strings, as everywhere on the wire. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, replacer)
}

/** JSON as a document that people may read too. */
export function toDocument(value: unknown): string {
  return JSON.stringify(value, replacer, 2)
}

function replacer(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
