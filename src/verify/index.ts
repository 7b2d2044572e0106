/** The verifier alone: a file → a verdict. Runs in a browser and in Node. */

export { type ErrorCode, PlacardError } from "../lib/error.ts";
export { type StartHash, startPureHash } from "../lib/sha256.ts";
export type { DigestBlob, OnBytes } from "./digest.ts";
export type { Check, Exhibit, Verdict } from "./verdict.ts";
export { type VerifyOptions, verify } from "./verify.ts";
