import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerSchemas, type LeaseVerb, replySchema, requestSchema, scopeOf, scopes, type Verb } from './index.ts'

const verbs = requestSchema.options.map((option) => option.shape.verb.value)

test('every verb about a lease needs a scope that exists, and no other verb does', () => {
  const leaseVerbs = verbs.filter((verb: Verb): verb is LeaseVerb => verb.startsWith('lease.'))
  expect(Object.keys(scopeOf).sort()).toEqual([...leaseVerbs].sort())
  for (const verb of leaseVerbs) expect(scopes).toContain(scopeOf[verb])
})

test('any input is a request of a known verb or is told to be none', () => {
  const almost = fc
    .record({ verb: fc.constantFrom<unknown>(...verbs), key: fc.string(), value: fc.jsonValue() })
    .map(({ verb, key, value }) => ({ verb, leaseId: '1', token: null, [key]: value }))
  fc.assert(
    fc.property(fc.oneof(fc.anything(), almost), (input) => {
      const request = requestSchema.safeParse(input)
      if (request.success) expect(verbs).toContain(request.data.verb)
      expect(typeof replySchema.safeParse(input).success).toBe('boolean')
    }),
  )
})

test('neither end can name a file outside the results', () => {
  const fetchOf = (path: string) =>
    requestSchema.safeParse({ verb: 'lease.fetch', leaseId: '1', token: null, path, fromByte: 0 }).success
  const listOf = (path: string) =>
    answerSchemas['lease.results'].safeParse({ files: [{ path, sizeBytes: 1, sha256: 'ab'.repeat(32) }] }).success
  for (const isTaken of [fetchOf, listOf]) {
    expect(['out/a.png', 'a'].map(isTaken)).toEqual([true, true])
    expect(['../a', '/a', 'a/../../b', 'a\\b', 'a\0', '', './a', 'a\u001b[2J'].map(isTaken)).not.toContain(true)
  }
})
