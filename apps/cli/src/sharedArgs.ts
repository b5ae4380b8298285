/** Arguments that every command takes. */
export const sharedArgs = {
  network: {
    type: 'string',
    default: 'local',
    valueHint: 'network',
    description: 'Network to use: a name under the home, or a network.json',
  },
  keyFile: { type: 'string', valueHint: 'file', description: "Wallet file; the network's own where none is given" },
  json: { type: 'boolean', description: 'Print JSON: one document, or one object a line for streams' },
  quiet: { type: 'boolean', alias: 'q', description: 'Print data only, no notes' },
  verbose: { type: 'boolean', alias: 'v', description: 'Print whole ids, timings and reasons' },
} as const
export type SharedArgs = typeof sharedArgs
