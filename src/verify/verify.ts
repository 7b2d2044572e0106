import { type Policy, parsePolicy } from "../ledger/policy.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { isJsonObject } from "../lib/json.ts";
import type { StartHash } from "../lib/sha256.ts";
import { checkAct, checkProof, describeExhibit, readAct, readKey } from "./act-checks.ts";
import { bytesToHash, checkBlobs } from "./blob-checks.ts";
import { type CheckList, collectChecks } from "./checks.ts";
import { type DigestBlob, digestInSlices } from "./digest.ts";
import { type PlacardFile, readPlacardFile } from "./placard-file.ts";
import { checkTimestamps, checkTrust, checkWitnesses } from "./trust-checks.ts";
import type { Exhibit, Verdict } from "./verdict.ts";

export interface VerifyOptions {
  /** `() => createHash("sha256")` in Node, `startPureHash` in a browser. */
  readonly startHash: StartHash;
  /** A faster way to hash a whole blob, where there is one. */
  readonly digestBlob?: DigestBlob;
  /** Text of a C2SP tlog-policy: whom the reader trusts. */
  readonly policy?: string;
  /** Bytes hashed so far, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * From a `.placard` file to a verdict. Reads the file in slices, never whole; the same bytes and policy give the same
 * verdict in Node and in a browser. Never throws for what the file holds; throws for a policy that cannot be used
 * (`malformed`, `too_large`, `unsupported`) and when stopped (the signal's reason).
 */
export async function verify(file: Blob, options: VerifyOptions): Promise<Verdict> {
  const policy = options.policy === undefined ? undefined : parsePolicy(options.policy);
  let parts: PlacardFile;
  try {
    parts = await readPlacardFile(file);
  } catch (error) {
    return { verdict: "unreadable", checks: [{ name: "file", state: "fails", why: reasonOf(error) }] };
  }
  const checks = collectChecks();
  const exhibit = await checkParts(parts, policy, checks, options);
  if (!checks.all().some((check) => check.name === "file"))
    checks.hold("file", "The file is whole and holds nothing that does not belong.");
  return {
    verdict: checks.failed() || exhibit === undefined ? "fails" : "holds",
    checks: checks.all(),
    ...(exhibit === undefined ? {} : { exhibit }),
  };
}

async function checkParts(
  parts: PlacardFile,
  policy: Policy | undefined,
  checks: CheckList,
  options: VerifyOptions,
): Promise<Exhibit | undefined> {
  const act = readAct(parts, checks);
  const key = checks.try("trust", () => readKey(parts));
  if (act === undefined || key === undefined) return undefined;
  checkTrust(parts, key, policy, checks);
  const opened = checkAct(act, key, checks);
  const proof = checkProof(parts, act, key, checks);
  if (proof !== undefined) {
    checkWitnesses(proof, policy, checks);
    await checkTimestamps(parts, proof, key, policy, checks);
  }
  if (opened === undefined) return undefined;
  const total = bytesToHash(parts);
  let done = 0;
  const onBytes = (bytes: number): void => options.onProgress?.(Math.min((done += bytes), total), total);
  await checkBlobs(
    parts,
    opened.act,
    checks,
    options.digestBlob ?? digestInSlices(options.startHash, options.signal),
    onBytes,
  );
  sayWithheld(opened.act, checks);
  return describeExhibit(act, opened);
}

/** What a capture always has; that one of them is not shown deserves a word. */
const USUAL = ["url", "archive", "screenshot", "visibleText", "capturedAt", "postText", "author"] as const;

function sayWithheld(fields: Readonly<Record<string, unknown>>, checks: CheckList): void {
  if (fields["act"] !== undefined && fields["act"] !== "captured") return;
  const sources = isJsonObject(fields["factSources"]) ? Object.keys(fields["factSources"]) : [];
  const expected = new Set<string>([...USUAL.filter((name) => name !== "postText" && name !== "author"), ...sources]);
  for (const name of expected) {
    if (!(name in fields)) checks.add({ name, state: "withheld", why: "Not shown in this file." });
  }
}

function reasonOf(error: unknown): string {
  if (isPlacardError(error)) return error.message;
  if (error instanceof DOMException)
    return new PlacardError("storage", `The file cannot be read: ${error.message}`).message;
  throw error;
}
