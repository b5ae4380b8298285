import fc from 'fast-check'
import { expect, test } from 'vitest'
import { followPath, hashLeaf, merklePath, merkleRoot } from './merkle.ts'

const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => hashLeaf(Uint8Array.of(i)))

test('a path leads from its leaf to the root, from no other, and only whole', () => {
  const tree = fc.integer({ min: 1, max: 40 }).chain((count) => fc.tuple(fc.constant(count), fc.nat(count - 1)))
  fc.assert(
    fc.property(tree, fc.nat(), ([leafCount, index], any) => {
      const leaves = leavesOf(leafCount)
      const [root, path] = [merkleRoot(leaves), merklePath(leaves, index)]
      const at = { index, leafCount }
      expect(followPath(leaves[index] as Uint8Array, path, at)).toEqual(root)
      const other = any % leafCount
      if (other !== index) expect(followPath(leaves[other] as Uint8Array, path, at)).not.toEqual(root)
      expect(followPath(leaves[index] as Uint8Array, [...path, root], at)).toBeUndefined()
      if (path.length > 0) expect(followPath(leaves[index] as Uint8Array, path.slice(1), at)).toBeUndefined()
    }),
  )
})

test('the last of an odd level rises alone', () => {
  expect(merklePath(leavesOf(5), 4)).toHaveLength(1)
  expect(merklePath(leavesOf(5), 0)).toHaveLength(3)
})
