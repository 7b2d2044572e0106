import { type Policy, parsePolicy } from "../ledger/policy.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { type StartHash, startPureHash } from "../lib/sha256.ts";
import { checkWords, exhibitId } from "../record/exhibit-id.ts";
import { keyWords } from "../record/key-words.ts";
import type { OpenedAct } from "../record/sd-jwt.ts";
import { checkAct, checkDisclosures, checkSignature, type ReadAct } from "./act-checks.ts";
import { isBareArchive, judgeArchive } from "./bare-archive.ts";
import { bytesToHash, checkBlobs, checkFile, type Hashing, pointersOf } from "./blob-checks.ts";
import { checkByteRecord } from "./byte-record.ts";
import { fails } from "./check.ts";
import { type DigestBlob, digestInSlices, refuseStopped } from "./digest.ts";
import { checkCheckpoint, checkLedger, readProof } from "./ledger-checks.ts";
import { checkOrigin } from "./origin.ts";
import { type PlacardFile, readPlacardFile } from "./placard-file.ts";
import { checkRedacted } from "./redacted.ts";
import { checkTimestamps } from "./timestamp-checks.ts";
import { checkTrust, checkWitnesses } from "./trust-checks.ts";
import type { Check, Exhibit, Verdict } from "./verdict.ts";
import type { WebRoots } from "./web-roots.ts";
import { checkWithheld } from "./withheld.ts";

export interface VerifyOptions {
  /** `() => createHash("sha256")` is many times faster in Node; without it the hash is in JavaScript, as in a browser. */
  readonly startHash?: StartHash;
  /** A faster way to hash a whole blob, where there is one; several may run at once. */
  readonly digestBlob?: DigestBlob;
  /** Text of a C2SP tlog-policy: whom the reader trusts. */
  readonly policy?: string;
  /** The authorities trusted for web sites, base64 of DER: asked for where a web archive by itself is signed in a site's name. */
  readonly webRoots?: WebRoots;
  /** What this computer believes the time is, milliseconds since 1970; only remarks depend on it. */
  readonly now?: number;
  /** Bytes hashed so far, of about how many. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * From a `.placard` file, or a web archive by itself, to a verdict (docs/formats/placard-file.md). Reads the file in slices, never whole; the same
 * bytes and policy give the same verdict in Node and in a browser. Never throws for what the file holds, nor where it
 * cannot be read. Throws for a policy that cannot be used (`malformed`, `too_large`, `unsupported`, `mismatch`) and
 * when stopped (`cancelled`).
 */
export async function verify(file: Blob, options: VerifyOptions = {}): Promise<Verdict> {
  const policy = options.policy === undefined ? undefined : parsePolicy(options.policy);
  refuseStopped(options.signal);
  try {
    if (await isBareArchive(file))
      return await judgeArchive(file, hashing(options, file.size), options.webRoots, policy);
    return await judge(await readPlacardFile(file), policy, options);
  } catch (error) {
    if (isPlacardError(error, "cancelled")) throw error;
    return { verdict: "unreadable", checks: [fails("file", asReadError(error))] };
  }
}

async function judge(file: PlacardFile, policy: Policy | undefined, options: VerifyOptions): Promise<Verdict> {
  const now = options.now ?? Date.now();
  const act = await checkAct(file.act, now);
  const disclosures = await checkDisclosures(act.value);
  const fields = disclosures.value?.act;
  // Begun first, since hashing takes longest and may run in threads of its own; all else is looked at meanwhile.
  const total = fields === undefined ? 0 : bytesToHash(file.blobs, pointersOf(fields));
  const contents = fields && checkBlobs(file.blobs, fields, hashing(options, total));
  await contents?.begun;
  const signature = await checkSignature(act.value, file.vkey);
  const proof = await readProof(file.proof);
  const checkpoint = await checkCheckpoint(proof.value, act.value, file.vkey);
  const ledger = await checkLedger(proof, act.value);
  // Without these there is nothing to speak of.
  const core = [act, signature, disclosures, ledger, checkpoint].map(({ check }) => check);
  const checks: readonly Check[] = [
    checkFile(file.blobs, fields && pointersOf(fields)),
    ...core,
    await checkTrust(file.vkey, policy),
    await checkWitnesses(checkpoint.value, policy, now),
    await checkTimestamps(file.timestamps, checkpoint.value, file.vkey, policy, now),
    ...(fields === undefined ? [] : [...checkOrigin(fields), ...checkByteRecord(fields)]),
    ...((await contents?.checks) ?? []),
    ...(fields === undefined ? [] : await checkRedacted(file.redacted, fields)),
    ...(fields === undefined ? [] : [checkWithheld(fields)]),
  ];
  const coreHolds = core.every((check) => check.state === "holds");
  const verdict = coreHolds && checks.every((check) => check.state !== "fails") ? "holds" : "fails";
  if (!coreHolds || act.value === undefined || disclosures.value === undefined) return { verdict, checks };
  return { verdict, checks, exhibit: describeExhibit(act.value, disclosures.value, file.vkey) };
}

/** How to hash, telling of progress towards `total` bytes. */
function hashing(options: VerifyOptions, total: number): Hashing {
  let done = 0;
  const onBytes = (bytes: number): void => {
    refuseStopped(options.signal);
    done = Math.min(done + bytes, total);
    options.onProgress?.(done, total);
  };
  return {
    digestBlob: options.digestBlob ?? digestInSlices(options.startHash ?? startPureHash, options.signal),
    onBytes,
  };
}

function describeExhibit(act: ReadAct, opened: OpenedAct, vkey: string): Exhibit {
  return {
    id: exhibitId(act.leaf),
    words: checkWords(act.leaf),
    origin: act.issuer,
    keyWords: keyWords(vkey),
    sealedAt: new Date(act.time).toISOString(),
    fields: opened.act,
    undisclosed: opened.undisclosed,
  };
}

/** What is not ours comes from reading the Blob: the file was changed, moved or taken away meanwhile. */
function asReadError(error: unknown): PlacardError {
  if (isPlacardError(error)) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new PlacardError("storage", `The file cannot be read: ${why}`, { cause: error });
}
