/** The agent's way out: one request, one answer, nothing followed, decompressed or kept. */
export interface Network {
  /**
   * Resolves once the answer's head is there.
   * @throws NetworkError, also when the signal aborts.
   */
  request(request: NetworkRequest, signal: AbortSignal): Promise<NetworkResponse>;
  close(): void;
}

export interface NetworkRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /**
   * `tolerated`: a certificate out of its dates is let pass. Only for what is signed on its own, so that a terminal at
   * 1970 can learn the time.
   */
  readonly certificateDates: 'judged' | 'tolerated';
}

export interface NetworkResponse {
  readonly status: number;
  /** By lower-case name. */
  header(name: string): string | undefined;
  /** To be read once. Throws NetworkError. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Closes the connection without reading the rest. */
  discard(): void;
}

/** The outside world failed; `code` is the system's or OpenSSL's own. */
export class NetworkError extends Error {
  readonly kind: 'offline' | 'timeout' | 'certificate';
  readonly code: string;

  constructor(kind: NetworkError['kind'], code: string) {
    super(`${kind}: ${code}`);
    this.name = 'NetworkError';
    this.kind = kind;
    this.code = code;
  }
}
