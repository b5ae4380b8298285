import { createChance } from './chance.ts'
import { decodeDigits, pixels } from './digits.ts'
import { drawMistakes } from './drawMistakes.ts'
import { parseJob } from './job.ts'
import { judge } from './judge.ts'
import { classes, createNetwork, layOut } from './network.ts'
import { report } from './report.ts'
import { createTrainer } from './train.ts'

const startedAt = performance.now()
const job = parseJob(await Deno.readTextFile('job.json'))
const { train, heldOut } = decodeDigits(await Deno.readFile('digits.bin'))
const trained = train.labels.length
console.log(`Handwritten digits: ${trained} to learn from, ${heldOut.labels.length} held out`)
report({ device: { kind: 'cpu', name: '1 thread', api: 'typescript' } })

const chance = createChance(job.seed)
const network = createNetwork(job.hidden, chance)
const trainer = createTrainer(network, chance)
for (let epoch = 1; epoch <= job.epochs; epoch++) {
  // Large steps first, small ones to settle: a cosine from 0.002 to nothing (Loshchilov and Hutter, 2017).
  const rate = 0.001 * (1 + Math.cos((Math.PI * (epoch - 1)) / job.epochs))
  const loss = trainer.epoch(train, rate, (shown) => {
    if (shown % 2048 === 0 || shown === trained) tellProgress(epoch, shown)
  })
  const { accuracy } = judge(network, heldOut)
  console.log(
    `epoch ${epoch}/${job.epochs}: loss ${loss.toFixed(4)}, ${percent(accuracy)} of the held-out digits read right`,
  )
}

const verdict = judge(network, heldOut)
await Deno.mkdir('out', { recursive: true })
await Deno.writeFile('out/weights.bin', new Uint8Array(network.parameters.buffer))
await Deno.writeTextFile('out/model.json', `${JSON.stringify(describe(), null, 2)}\n`)
await Deno.writeTextFile('out/mistakes.svg', drawMistakes(heldOut, verdict.mistakes))
console.log(
  `${percent(verdict.accuracy)} right on held-out digits, ${verdict.mistakes.length} mistakes in out/mistakes.svg`,
)
report({
  result: {
    output: 'out/mistakes.svg',
    accuracy: verdict.accuracy,
    heldOut: heldOut.labels.length,
    trained,
    epochs: job.epochs,
    totalMs: Math.round(performance.now() - startedAt),
  },
})

function tellProgress(epoch: number, shown: number): void {
  const done = (epoch - 1) * trained + shown
  report({ progress: { done, total: job.epochs * trained, label: `epoch ${epoch}/${job.epochs}` } })
}

/** Everything another program needs to use the weights. */
function describe(): object {
  return {
    layers: [pixels, job.hidden, classes],
    activation: ['relu', 'softmax'],
    weights: { file: 'weights.bin', type: 'float32 little-endian', starts: { first: 0, ...layOut(job.hidden) } },
    job,
    heldOut: { images: heldOut.labels.length, accuracy: verdict.accuracy, confusion: verdict.confusion },
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
