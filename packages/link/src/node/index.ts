export { fetchFile } from './fetchFile.ts'
export { measureFile } from './measureFile.ts'
export { receiveFile } from './receiveFile.ts'
export {
  type DataSource,
  DiskError,
  DiskFullError,
  FileMismatchError,
  FileSizeError,
  type PromisedFile,
} from './receiveInto.ts'
export { type DataSink, FileChangedError, sendFile } from './sendFile.ts'
