import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawLedger } from './drawLedger.ts'

writeFileSync(join(import.meta.dirname, '..', '..', 'docs', 'ledger.svg'), drawLedger())
