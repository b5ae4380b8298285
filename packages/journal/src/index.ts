export { Journal, JournalDamagedError, JournalFullError } from './Journal.ts'
export { writeFileAtomic } from './writeFileAtomic.ts'
