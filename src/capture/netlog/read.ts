import { PlacardError } from "../../lib/error.ts";
import type { Exchange } from "./exchange.ts";

/** Most of each thing that is read before the log is refused as `too_large`. */
export interface NetLogLimits {
  /** Bytes of the whole log. */
  readonly logBytes: number;
  /** Bytes of one line (one event). */
  readonly lineBytes: number;
  /** Requests, connections and the like. */
  readonly sources: number;
  /** Bytes of all request and response heads together; they are held in memory. */
  readonly headBytes: number;
}

export interface NetLogOptions {
  /** Folder for the bodies while they are read and used; the file in it goes when the result is disposed of. */
  readonly scratch: string;
  readonly limits?: Partial<NetLogLimits>;
}

export interface NetLog extends AsyncDisposable {
  /** In the order they were started. Each hop of a redirect, each retry and each CORS preflight is one. */
  readonly exchanges: readonly Exchange[];
  /** Addresses the browser answered from its cache: nothing crossed the wire. */
  readonly cached: readonly string[];
  /** Addresses the browser asked for on its own account (updates and the like); left out of `exchanges`. */
  readonly ownRequests: readonly string[];
  /** Whether the log was closed properly; where not, the last exchanges may be cut short and are marked truncated. */
  readonly complete: boolean;
}

/**
 * Reads the file of Chromium's `--log-net-log=FILE --net-log-capture-mode=Everything`, line by line; memory does not
 * grow with the bodies. Dispose of the result (`await using`) when its bodies have been used.
 *
 * Throws `unsupported` where the log lacks what we need (another format, a lesser capture mode): fall back to
 * DevTools bodies. `malformed`, `too_large`, `not_found`, `storage` mean what they say.
 */
export async function readNetLog(path: string, _options: NetLogOptions): Promise<NetLog> {
  throw new PlacardError("unsupported", `Reading ${path} is not written yet.`);
}
