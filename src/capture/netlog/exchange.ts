/** One request and its response, as they crossed the wire. */

/**
 * A header field in the order and case it had. Each code unit of the value is one byte (isomorphic decoding, Fetch
 * §2): nothing says which character set a server meant, so nothing is decoded.
 */
export type Header = readonly [name: string, value: string];

/** Bytes kept in the scratch file of the log they were read from, until that log is disposed of. */
export interface SpooledBytes {
  readonly length: number;
  /**
   * The bytes in order, in pieces of at most 64 KiB; each is good until the next is asked for, and whoever keeps it longer
   * copies it. Each call reads them afresh. Throws `storage`.
   */
  chunks(): AsyncIterable<Uint8Array>;
}

export interface ServerAddress {
  /** IPv4 or IPv6 without brackets. */
  readonly address: string;
  readonly port: number;
}

/** The TLS session of the very connection. On a resumed session the chain is the one its first handshake showed. */
export interface TlsSession {
  /** As WARC-Protocol has it: "tls/1.3". */
  readonly version: string;
  /** IANA's name ("TLS_AES_128_GCM_SHA256"), or the number as "0x1301" where we have no name for it. */
  readonly cipher: string;
  /** Certificates as the server sent them, leaf first: base64 DER. */
  readonly chain: readonly string[];
}

export interface Exchange {
  /** Without fragment, as the browser asked for it. */
  readonly url: string;
  readonly method: string;
  /** "http/1.1", "h2", "h3", "http/1.0". */
  readonly protocol: string;
  /** Whether this is the page itself (or a redirect on the way to it) rather than a part of it. */
  readonly mainFrame: boolean;
  /** Milliseconds since 1970 when the request was sent, or given up. */
  readonly startedAt: number;
  /** … and when its last byte came, or it was given up. */
  readonly finishedAt: number;
  readonly server?: ServerAddress;
  readonly tls?: TlsSession;

  /**
   * Request line and headers with the empty line. Over HTTP/1 verbatim; over HTTP/2 and 3 composed in HTTP/1.1's form
   * from the log's header list. Empty where nothing was sent.
   */
  readonly requestHead: Uint8Array;
  readonly requestHeaders: readonly Header[];
  readonly requestBody: SpooledBytes;

  /** Three digits, or 0 where no response came. */
  readonly status: number;
  readonly statusText: string;
  /** Status line and headers with the empty line, as `requestHead` has them. Empty where no response came. */
  readonly responseHead: Uint8Array;
  readonly responseHeaders: readonly Header[];
  /** What followed the head; see `form`. Content codings (gzip, br …) are never removed. */
  readonly responseBody: SpooledBytes;
  /**
   * "wire": heads and body are the connection's own bytes, transfer coding (chunks, trailers) included; over HTTP/2 the
   * payloads of its DATA frames. "entity": the connection's bytes were not to be had, so this is what the request
   * layer logged: headers normalised, transfer coding removed.
   */
  readonly form: "wire" | "entity";

  /**
   * Of a WebSocket whose handshake succeeded: what was said over it, a JSON object a line (docs/formats/capture.md,
   * "WebSocket messages").
   */
  readonly messages?: SpooledBytes;

  /** The body ended before its framing said so, or it cannot be known whether it did. */
  readonly truncated: boolean;
  /** Chromium's name for what went wrong ("ERR_CONNECTION_REFUSED"). */
  readonly error?: string;
  /** Absolute address this response sent the browser on to. */
  readonly redirectedTo?: string;
}
