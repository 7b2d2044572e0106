/** Most of each thing that is read before the log is refused as `too_large`. */
export interface NetLogLimits {
  /** Bytes of the whole log. */
  readonly logBytes: number;
  /** Bytes of one line (one event). */
  readonly lineBytes: number;
  /** Requests, connections and what links them. */
  readonly sources: number;
  /** Bytes of all request and response heads together; they are held in memory. */
  readonly headBytes: number;
}

/** Chromium's own lines stay below 200 KB but for the first (constants) and the last (polled data, not read). */
export const DEFAULT_LIMITS: NetLogLimits = {
  logBytes: 64 * 1024 ** 3,
  lineBytes: 16 * 1024 ** 2,
  sources: 1_000_000,
  headBytes: 128 * 1024 ** 2,
};
