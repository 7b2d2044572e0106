import { PlacardError } from "../lib/error.ts";
import type { Exchange } from "./netlog/exchange.ts";

export interface WarcOptions {
  /** For the warcinfo record: "Placard 0.1.0". */
  readonly software: string;
  /** Milliseconds since 1970 for the warcinfo record. */
  readonly createdAt: number;
  /** More warcinfo fields, in order. */
  readonly info?: Readonly<Record<string, string>>;
}

/** Where a record stands in the file, and what an index (CDXJ) says of it. */
export interface WarcEntry {
  readonly type: "warcinfo" | "request" | "response";
  readonly id: string;
  /** RFC 3339 with milliseconds. */
  readonly date: string;
  /** Bytes from the start of the file; each record is a gzip member of its own. */
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly method?: string;
  readonly status?: number;
  /** Media type of the response without parameters. */
  readonly mime?: string;
  /** "sha256:<hex>" over what follows the head in the block. */
  readonly payloadDigest?: string;
  readonly truncated?: boolean;
}

export interface WarcSummary {
  readonly entries: readonly WarcEntry[];
  /** Length of the file in bytes. */
  readonly bytes: number;
}

/**
 * Writes exchanges as WARC 1.1 (ISO 28500:2017), a gzip member a record: warcinfo, then for each exchange its request
 * and, where one came, its response. The same exchanges and options give the same bytes. Throws `storage`.
 */
export async function writeWarc(
  _exchanges: Iterable<Exchange> | AsyncIterable<Exchange>,
  path: string,
  _options: WarcOptions,
): Promise<WarcSummary> {
  throw new PlacardError("unsupported", `Writing ${path} is not written yet.`);
}
