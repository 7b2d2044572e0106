/** Placard as a library. `placard/verify` is the verifier alone, and runs in a browser. */

export type { Attestation } from "./app/attest.ts";
export type { AuditResult, Finding } from "./app/audit.ts";
export type { CaptureOptions, CaptureOutcome } from "./app/capture-outcome.ts";
export type { History } from "./app/history.ts";
export { initRecord } from "./app/init-record.ts";
export type { Recaptured, RecaptureOptions } from "./app/recapture-exhibit.ts";
export { openRecord, type PlacardRecord, rebuildIndex } from "./app/record.ts";
export { verifyFile } from "./app/verify-file.ts";
export type { WatchListener } from "./app/watch.ts";
export { type ErrorCode, PlacardError } from "./lib/error.ts";
export type { Check, Exhibit, Verdict } from "./verify/verdict.ts";
