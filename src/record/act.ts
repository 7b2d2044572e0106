/**
 * An act: something that happened, as named fields. In the record it is an SD-JWT (RFC 9901): each field a salted
 * digest in a signed JWT, so that each can be shown or withheld on its own.
 */
import type { Json } from "../lib/json.ts";

/** Field names are lower camel case. `act` names what happened ("captured", "erased") and is a field like any other. */
export interface Act {
  readonly act: string;
  readonly [field: string]: Json;
}

/** A field that points into the vault. The hash stands inside the salted disclosure, so the ledger tells nothing of it. */
export interface BlobRef {
  /** Lower-case hexadecimal, 64 characters. */
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
}

/** An act as sealed: always in the open are `issuer` and `time`; a field without a disclosure is withheld. */
export interface SealedAct {
  /** The JWT in compact form, without disclosures: ASCII `header.payload.signature`. */
  readonly jwt: string;
  /** One base64url disclosure a field, in the order in which they were made. */
  readonly disclosures: readonly string[];
}
