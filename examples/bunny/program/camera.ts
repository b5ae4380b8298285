import { scene, type Vector } from './scene.ts'

/** A pinhole: the direction through pixel (x, y) is forward + right × sx + up × sy, with sx, sy from its place. */
export type Camera = { position: Vector; forward: Vector; right: Vector; up: Vector }

/**
 * Aims the scene's camera; `right` and `up` reach from the middle of the picture to its edge.
 *
 * The field of view is that of the shorter side, so that the bunny fits whatever the shape of the picture.
 */
export function aimCamera(width: number, height: number): Camera {
  const { position, target, fieldOfViewDegrees } = scene.camera
  const forward = unit([target[0] - position[0], target[1] - position[1], target[2] - position[2]])
  const right = unit([-forward[2], 0, forward[0]])
  const up: Vector = [
    right[1] * forward[2] - right[2] * forward[1],
    right[2] * forward[0] - right[0] * forward[2],
    right[0] * forward[1] - right[1] * forward[0],
  ]
  const reach = Math.tan((fieldOfViewDegrees * Math.PI) / 360) / Math.min(width, height)
  return { position, forward, right: scale(right, reach * width), up: scale(up, reach * height) }
}

function unit(vector: Vector): Vector {
  return scale(vector, 1 / Math.hypot(...vector))
}

function scale(vector: Vector, factor: number): Vector {
  return [vector[0] * factor, vector[1] * factor, vector[2] * factor]
}
