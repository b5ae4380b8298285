export { checkProgram, NotAProgramError } from './checkProgram.ts'
export { createDirectoryStore, EscapingPathError } from './createDirectoryStore.ts'
export { OddFileError, OutsideError, TooManyFilesError } from './listFiles.ts'
export { findHome, loadNetwork, MissingNetworkError } from './loadNetwork.ts'
export {
  MissingWorkloadError,
  NoEntryError,
  NoPrepareError,
  PrepareError,
  packWorkload,
  TooLargeError,
  UnknownFileError,
} from './packWorkload.ts'
export { type AgentHealth, readAgentHealth } from './readAgentHealth.ts'
export { InvalidWalletError, MissingWalletError, OpenWalletError, readWallet } from './readWallet.ts'
export { InvalidWorkloadFileError, MissingWorkloadFileError } from './readWorkloadFile.ts'
