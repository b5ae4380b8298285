import { BaseError } from '@hotaru/base'
import {
  ClosedError,
  type Connection,
  type Exchange,
  StalledError,
  signLeaseToken,
  UnreachableError,
} from '@hotaru/link'
import { encodeLeaseToken, type LeaseVerb, type Request, type Scope } from '@hotaru/protocol'
import { type Client, nowSeconds } from '../Client.ts'
import type { DialTarget } from '../Dial.ts'

/** Tokens live this long: longer than any request takes to arrive, shorter than `longestTokenSeconds`. */
const tokenSeconds = 5 * 60
/** A token is replaced this long before its end. */
const renewSeconds = 60

/**
 * One lease as its renter sees it over the link: signs the tokens, keeps one connection, dials again when it broke.
 *
 * Close it when done; the lease itself goes on.
 */
export class LeaseSession {
  readonly leaseId: bigint
  readonly #client: Client
  readonly #target: LeaseSession.Target
  readonly #scopes: readonly Scope[]
  #connection: Promise<Connection> | undefined
  #token: { peer: string; encoded: unknown; expiresAt: number } | undefined

  constructor(client: Client, leaseId: bigint, options: LeaseSession.Options) {
    this.#client = client
    this.leaseId = leaseId
    this.#target = options.target
    this.#scopes = options.scopes
    this.#connection = options.connection
  }

  /** Sends a request of this lease. A connection that broke meanwhile is dialled again, once. */
  async open(request: LeaseSession.Request, options: LeaseSession.OpenOptions = {}): Promise<Exchange> {
    for (let last = false; ; last = true) {
      const connection = await this.#connect(options)
      try {
        const token = await this.#sign(connection.localPeer)
        return await connection.open({ ...request, leaseId: this.leaseId.toString(), token } as Request, options)
      } catch (error) {
        if (last || options.signal?.aborted || !isBroken(error)) throw error
        this.disconnect()
      }
    }
  }

  /** Sends a request that is answered by one ok, and gives its value. */
  async ask(request: LeaseSession.Request, options: LeaseSession.OpenOptions = {}): Promise<unknown> {
    const exchange = await this.open(request, options)
    await exchange.closeSend()
    return exchange.readOk()
  }

  /** Lets go of the connection, so that the next request dials. */
  disconnect(): void {
    const old = this.#connection
    this.#connection = undefined
    old?.then((connection) => connection.close()).catch(() => {})
  }

  async close(): Promise<void> {
    const old = this.#connection
    this.#connection = undefined
    await old?.then((connection) => connection.close()).catch(() => {})
  }

  #connect(options: LeaseSession.OpenOptions): Promise<Connection> {
    const connection = (this.#connection ??= this.#client.dial(this.#target, options))
    // A dial that failed must not be handed out again.
    connection.catch(() => {
      if (this.#connection === connection) this.#connection = undefined
    })
    return connection
  }

  async #sign(peer: string): Promise<unknown> {
    const now = nowSeconds(this.#client)
    if (this.#token?.peer === peer && this.#token.expiresAt - renewSeconds > now) return this.#token.encoded
    const { account, ledger } = this.#client
    const token = await signLeaseToken({
      account,
      leaseId: this.leaseId,
      machineId: this.#target.machineId,
      peer,
      scopes: this.#scopes,
      domain: ledger.domain,
      nowSeconds: now,
      ttlSeconds: tokenSeconds,
    })
    this.#token = { peer, encoded: encodeLeaseToken(token), expiresAt: token.expiresAt }
    return this.#token.encoded
  }
}

export declare namespace LeaseSession {
  type Target = DialTarget & { machineId: bigint }
  type Options = {
    target: Target
    /** What the tokens of this session allow; no more than it needs. */
    scopes: readonly Scope[]
    /** A connection that is there already, or being dialled. */
    connection?: Promise<Connection> | undefined
  }
  type OpenOptions = { signal?: AbortSignal | undefined }
  /** A request without what the session adds. */
  type Request = Bare<LeaseRequest>
}

type LeaseRequest = Extract<Request, { verb: LeaseVerb }>
type Bare<T> = T extends unknown ? Omit<T, 'leaseId' | 'token'> : never

/** Whether the link failed rather than the machine refused. */
export function isBroken(error: unknown): boolean {
  return [ClosedError, StalledError, UnreachableError].some((kind) => error instanceof kind)
}

export class UnexpectedReplyError extends BaseError {
  override readonly name = 'Lease.UnexpectedReplyError'

  constructor({ verb, type }: { verb: string; type: string }) {
    super(`Cannot read the answer to "${verb}": it is of type "${type}", expected another`, {
      hint: 'the agent may be of another version',
    })
  }
}
