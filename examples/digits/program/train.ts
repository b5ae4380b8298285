import type { Chance } from './chance.ts'
import { type Digits, pixels, side } from './digits.ts'
import { type Activity, classes, layOut, look, type Network } from './network.ts'

const batchSize = 32
/** How far in pixels an image is moved, at most, each time it is shown: a digit is the same wherever it stands. */
const reach = 2
/** Adam's constants as its authors propose them (Kingma and Ba, 2015). */
const adam = { first: 0.9, second: 0.999, tiny: 1e-8 }

/** A network in training; the moments remember how each parameter has been moving. */
export type Trainer = {
  /** Shows every image once, in random order, and returns the mean loss; lower is better, 2.3 is guessing. */
  epoch(digits: Digits, rate: number, onBatch: (shown: number) => void): number
}

/** Prepares a network for training by Adam; `chance` decides the order and the shifts. */
export function createTrainer(network: Network, chance: Chance): Trainer {
  const { parameters, hidden } = network
  const gradient = new Float32Array(parameters.length)
  const speed = new Float32Array(parameters.length)
  const power = new Float32Array(parameters.length)
  const activity: Activity = { hidden: new Float32Array(hidden), likely: new Float32Array(classes) }
  const blame = new Float32Array(hidden)
  const ink = new Float32Array(pixels)
  const layout = layOut(hidden)
  let steps = 0

  return {
    epoch(digits, rate, onBatch) {
      const order = shuffle(digits.labels.length, chance)
      let loss = 0
      for (let first = 0; first < order.length; first += batchSize) {
        const batch = order.subarray(first, first + batchSize)
        gradient.fill(0)
        for (const index of batch) loss += learn(digits, index)
        step(rate, batch.length)
        onBatch(first + batch.length)
      }
      return loss / order.length
    },
  }

  /** Adds one image's share to the gradient and returns its loss. */
  function learn(digits: Digits, index: number): number {
    shiftImage(digits.images, index * pixels, ink, chance)
    look(network, ink, activity)
    const label = digits.labels[index] as number
    const loss = -Math.log(Math.max(1e-12, activity.likely[label] as number))
    activity.likely[label] = (activity.likely[label] as number) - 1
    blameHidden()
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = ink[pixel] as number
      if (value === 0) continue
      const row = pixel * hidden
      for (let unit = 0; unit < hidden; unit++)
        gradient[row + unit] = (gradient[row + unit] as number) + value * (blame[unit] as number)
    }
    return loss
  }

  /** Passes the error of the ten outputs back to the hidden units that fired. */
  function blameHidden(): void {
    for (let digit = 0; digit < classes; digit++)
      gradient[layout.secondBias + digit] =
        (gradient[layout.secondBias + digit] as number) + (activity.likely[digit] as number)
    for (let unit = 0; unit < hidden; unit++) {
      const fires = activity.hidden[unit] as number
      const row = layout.second + unit * classes
      let sum = 0
      for (let digit = 0; digit < classes && fires > 0; digit++) {
        const error = activity.likely[digit] as number
        sum += error * (parameters[row + digit] as number)
        gradient[row + digit] = (gradient[row + digit] as number) + error * fires
      }
      blame[unit] = sum
      gradient[layout.firstBias + unit] = (gradient[layout.firstBias + unit] as number) + sum
    }
  }

  function step(rate: number, count: number): void {
    steps++
    const stride = (rate * Math.sqrt(1 - adam.second ** steps)) / (1 - adam.first ** steps)
    for (let slot = 0; slot < parameters.length; slot++) {
      const slope = (gradient[slot] as number) / count
      const moved = adam.first * (speed[slot] as number) + (1 - adam.first) * slope
      const strength = adam.second * (power[slot] as number) + (1 - adam.second) * slope * slope
      speed[slot] = moved
      power[slot] = strength
      parameters[slot] = (parameters[slot] as number) - (stride * moved) / (Math.sqrt(strength) + adam.tiny)
    }
  }
}

function shuffle(count: number, chance: Chance): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  for (let index = count - 1; index > 0; index--) {
    const other = chance.below(index + 1)
    const held = order[index] as number
    order[index] = order[other] as number
    order[other] = held
  }
  return order
}

function shiftImage(images: Uint8Array, start: number, ink: Float32Array, chance: Chance): void {
  const right = chance.below(2 * reach + 1) - reach
  const down = chance.below(2 * reach + 1) - reach
  ink.fill(0)
  for (let y = Math.max(0, down); y < Math.min(side, side + down); y++)
    for (let x = Math.max(0, right); x < Math.min(side, side + right); x++)
      ink[y * side + x] = (images[start + (y - down) * side + x - right] as number) / 255
}
