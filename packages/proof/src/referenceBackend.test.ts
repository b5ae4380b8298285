import { runBackendCompliance } from './compliance/index.ts'
import { createReferenceBackend } from './referenceBackend.ts'

runBackendCompliance({ name: 'reference', create: async () => createReferenceBackend() })
