/** A triangle mesh with a smooth normal at each vertex, ready to be rendered. */
export type Mesh = {
  /** Three coordinates a vertex. */
  positions: Float32Array<ArrayBuffer>
  /** A unit normal a vertex. */
  normals: Float32Array<ArrayBuffer>
  /** Three vertices a triangle, anticlockwise seen from outside. */
  indices: Uint32Array<ArrayBuffer>
}

/** First word of a mesh file: "HMSH" read as little-endian. */
const magic = 0x48534d48
const headerBytes = 16

/**
 * Writes a mesh as bytes: four words (magic, version, vertices, triangles), positions, normals, indices.
 *
 * All little-endian and aligned to four bytes, so that reading is three views and no copy.
 */
export function encodeMesh(mesh: Mesh): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes + (mesh.positions.length * 2 + mesh.indices.length) * 4)
  new Uint32Array(bytes.buffer, 0, 4).set([magic, 1, mesh.positions.length / 3, mesh.indices.length / 3])
  const view = viewBody(bytes, mesh.positions.length / 3, mesh.indices.length / 3)
  view.positions.set(mesh.positions)
  view.normals.set(mesh.normals)
  view.indices.set(mesh.indices)
  return bytes
}

/**
 * Reads what `encodeMesh` wrote.
 *
 * @throws MeshError when the bytes are no mesh, or fewer than their header says.
 */
export function decodeMesh(bytes: Uint8Array<ArrayBuffer>): Mesh {
  if (bytes.length < headerBytes) throw new MeshError(`it has ${bytes.length} bytes, expected at least ${headerBytes}`)
  const [word = 0, version = 0, vertices = 0, triangles = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4)
  if (word !== magic || version !== 1) throw new MeshError('its first words are unknown, expected "HMSH" version 1')
  const expected = headerBytes + (vertices * 6 + triangles * 3) * 4
  if (bytes.length !== expected) throw new MeshError(`it has ${bytes.length} bytes, expected ${expected}`)
  const mesh = viewBody(bytes, vertices, triangles)
  if (mesh.indices.some((vertex) => vertex >= vertices)) throw new MeshError('a triangle names a vertex past the end')
  return mesh
}

function viewBody(bytes: Uint8Array<ArrayBuffer>, vertices: number, triangles: number): Mesh {
  const start = bytes.byteOffset + headerBytes
  return {
    positions: new Float32Array(bytes.buffer, start, vertices * 3),
    normals: new Float32Array(bytes.buffer, start + vertices * 12, vertices * 3),
    indices: new Uint32Array(bytes.buffer, start + vertices * 24, triangles * 3),
  }
}

/** Thrown when a mesh file is not what it says. */
export class MeshError extends Error {
  override readonly name = 'Bunny.MeshError'
  constructor(reason: string) {
    super(`Cannot read the mesh: ${reason}`)
  }
}
