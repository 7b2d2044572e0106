import type { ErrorCode } from "../lib/error.ts";
import type { Coded } from "../lib/told.ts";

/** One thing that was looked at. `why` is one plain sentence (or two) for a person. */
export interface Check {
  readonly name: string;
  readonly state: "holds" | "fails" | "withheld" | "absent";
  readonly why: string;
  /** `why` for other languages, where it is a sentence of ours that has a code. */
  readonly told?: Coded;
  /** Of a check that fails: which kind of failing it is. */
  readonly code?: ErrorCode;
}

/**
 * `holds`: no check failed, and the act, its signature and its place in the ledger all hold; or the
 * contents of a web archive by itself do. `unreadable`: the file could not be taken apart, so nothing can be said of it.
 */
export interface Verdict {
  readonly verdict: "holds" | "fails" | "unreadable";
  readonly checks: readonly Check[];
  /** What the file shows, once act, signature, disclosures, ledger and checkpoint hold; absent otherwise. */
  readonly exhibit?: Exhibit;
}

export interface Exhibit {
  /** `PLC-XXXX-XXXX-XXXX-XXXX` */
  readonly id: string;
  /** Six BIP-39 words. */
  readonly words: readonly string[];
  readonly origin: string;
  /** Twelve BIP-39 words for the key the record goes by, to be compared with what its keepers say. */
  readonly keyWords: readonly string[];
  /** When the record says it was sealed, RFC 3339 in UTC. */
  readonly sealedAt: string;
  /** Disclosed fields by name. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** How many digests of the act have no disclosure: withheld fields and decoys, which cannot be told apart. */
  readonly undisclosed: number;
}
