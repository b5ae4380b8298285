import { createDevchain } from '../createDevchain.ts'

// A whole supervisor as a process of its own, for tests that kill it: directory and chain id come as arguments.
const [directory = '', chainId = ''] = process.argv.slice(2)
const devchain = await createDevchain({ directory, chainId: Number(chainId), saveAfterTransactions: 8 })
process.stdout.write(`${JSON.stringify({ rpcUrl: devchain.rpcUrl, enginePid: await devchain.enginePid() })}\n`)
