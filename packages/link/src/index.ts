export { addressOfPeer } from './addressOfPeer.ts'
export { authorise, type LeaseFacts, type LeaseRequest, UnknownLeaseError } from './authorise.ts'
export { createLinkHost, type LinkHost, ListenError } from './createLinkHost.ts'
export type { Transports } from './createNode.ts'
export {
  type Connection,
  dialMachine,
  InvalidEndpointError,
  UnreachableError,
  WrongMachineError,
} from './dialMachine.ts'
export type { Answer, Exchange } from './Exchange.ts'
export { MalformedError, UnsendableError } from './Frame.ts'
export { ClosedError, StalledError } from './FrameStream.ts'
export { defaultLinkLimits, type LinkLimits } from './linkLimits.ts'
export { FloodError } from './PeerLedger.ts'
export { InvalidKeyError } from './parseLinkKey.ts'
export { RemoteError } from './RemoteError.ts'
export { type Caller, type LinkHandler, RequestTimeoutError, type ServedExchange } from './serveExchange.ts'
export { signLeaseToken, type TokenSigner } from './signLeaseToken.ts'
