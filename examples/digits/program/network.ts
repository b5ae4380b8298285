import type { Chance } from './chance.ts'
import { pixels } from './digits.ts'

export const classes = 10

/** Two layers: ink to hidden units that fire or do not, hidden units to the ten digits. */
export type Network = {
  hidden: number
  /** All numbers in one row: first weights (a row a pixel), first biases, second weights (a row a hidden unit), second biases. */
  parameters: Float32Array<ArrayBuffer>
}

/** What one image sets off: how strongly each hidden unit fires, and how likely each digit is. */
export type Activity = { hidden: Float32Array; likely: Float32Array }

/** Where each part of the parameters starts. */
export type Layout = { firstBias: number; second: number; secondBias: number; end: number }

/** Makes an untrained network: weights by He and others (2015), biases 0. */
export function createNetwork(hidden: number, chance: Chance): Network {
  const { firstBias, second, secondBias, end } = layOut(hidden)
  const parameters = new Float32Array(end)
  for (let slot = 0; slot < firstBias; slot++) parameters[slot] = chance.normal() * Math.sqrt(2 / pixels)
  for (let slot = second; slot < secondBias; slot++) parameters[slot] = chance.normal() * Math.sqrt(2 / hidden)
  return { hidden, parameters }
}

/** Says where the parts of a network with so many hidden units lie. */
export function layOut(hidden: number): Layout {
  const firstBias = pixels * hidden
  const second = firstBias + hidden
  const secondBias = second + hidden * classes
  return { firstBias, second, secondBias, end: secondBias + classes }
}

/** Shows an image, ink from 0 to 1, and writes what it sets off. */
export function look({ hidden, parameters }: Network, ink: Float32Array, activity: Activity): void {
  const { firstBias, second, secondBias, end } = layOut(hidden)
  activity.hidden.set(parameters.subarray(firstBias, second))
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = ink[pixel] as number
    // Four pixels in five are paper: leaving them out makes training five times faster.
    if (value === 0) continue
    const row = pixel * hidden
    for (let unit = 0; unit < hidden; unit++)
      activity.hidden[unit] = (activity.hidden[unit] as number) + value * (parameters[row + unit] as number)
  }
  activity.likely.set(parameters.subarray(secondBias, end))
  for (let unit = 0; unit < hidden; unit++) {
    const fires = Math.max(0, activity.hidden[unit] as number)
    activity.hidden[unit] = fires
    const row = second + unit * classes
    for (let digit = 0; digit < classes; digit++)
      activity.likely[digit] = (activity.likely[digit] as number) + fires * (parameters[row + digit] as number)
  }
  softmax(activity.likely)
}

function softmax(values: Float32Array): void {
  const most = Math.max(...values)
  let sum = 0
  for (let index = 0; index < values.length; index++) {
    values[index] = Math.exp((values[index] as number) - most)
    sum += values[index] as number
  }
  for (let index = 0; index < values.length; index++) values[index] = (values[index] as number) / sum
}
