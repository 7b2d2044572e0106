/**
 * Looks at a web archive (WACZ 1.1.1, and 1.0.0 where others made it): its structure, that every member is listed with
 * its hash and none is there besides, and its signature.
 */
import { fromUtf8, toHex } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../lib/json.ts";
import { sha256 } from "../lib/sha256.ts";
import { holds, type Looked, look, notLooked } from "./check.ts";
import { type DigestBlob, noticeBegun, type OnBytes } from "./digest.ts";
import { checkRevisits, MOST_UNPACKED } from "./revisits.ts";
import { say } from "./said.ts";
import type { Check } from "./verdict.ts";
import { checkSignature, type SignedManifest } from "./wacz-signature.ts";
import type { WebRoots } from "./web-roots.ts";
import { counted } from "./wording.ts";
import { MOST_ENTRIES, openZip, readMember, type Zip, type ZipEntry } from "./zip.ts";

export interface WaczVerdict {
  /** "archive contents" and "archive signature", and of an archive with revisit records "archive revisits". */
  readonly checks: readonly [Check, Check, ...Check[]];
}

const CONTENTS = "archive contents";
const SIGNATURE = "archive signature";
const MANIFEST = "datapackage.json";
const DIGEST = "datapackage-digest.json";
const LONGEST_MANIFEST = 1 << 22;
const LIMITS = { length: LONGEST_MANIFEST, depth: 16 };
/** Deflated members are unpacked in memory to be hashed, one at a time; WARC files are stored. */
const LONGEST_DEFLATED = 1 << 26;
const MOST_DEFLATED = 1 << 28;

/** What archives may still ask of a verifier; of several in one file it is one for all. */
export interface WaczBudget {
  /** Bytes that compressed members unpack to. */
  bytes: number;
  members: number;
  /** Bytes that records unpack to in which a payload lies that is revisited. */
  readonly revisits: { left: number };
}

export function newBudget(): WaczBudget {
  return { bytes: MOST_DEFLATED, members: MOST_ENTRIES, revisits: { left: MOST_UNPACKED } };
}

export interface WaczOptions {
  readonly digestBlob: DigestBlob;
  readonly onBytes?: OnBytes;
  readonly budget?: WaczBudget;
  /** Base64 SPKI that must have signed, as the act names it; without it an anonymous signature is not counted. */
  readonly expectedKey?: string;
  /** Archives that came with this one, in which payloads may lie that it revisits; undefined where none could. */
  readonly earlier?: readonly Blob[];
  /** The authorities trusted for web sites; without them a web site's signature is not counted. */
  readonly webRoots?: WebRoots | undefined;
}

/** Never throws for what the archive holds; throws `storage` where it cannot be read, `cancelled` where it was stopped. */
export async function verifyWacz(blob: Blob, { budget = newBudget(), ...options }: WaczOptions): Promise<WaczVerdict> {
  const opened = await look(CONTENTS, async () => ({
    check: holds(CONTENTS, say("it_opens")),
    value: await openZip(blob, { most: budget.members }),
  }));
  const zip = opened.value;
  if (zip === undefined) return { checks: [opened.check, notLooked(SIGNATURE, say("archive_unopened"))] };
  budget.members -= zip.entries.length;
  const { expectedKey, webRoots } = options;
  const checkSigned = async () => ({ check: await checkSignature(await readSigned(zip), expectedKey, webRoots) });
  const { begun, digestBlob } = noticeBegun(options.digestBlob);
  const contents = look(CONTENTS, () => checkContents(zip, { ...options, digestBlob, budget }));
  const hashing = Promise.race([begun, contents]);
  const [{ check }, signature, revisits] = await Promise.all([
    contents,
    hashing.then(() => look(SIGNATURE, checkSigned)),
    hashing.then(() => checkRevisits(zip, options.earlier, budget.revisits)),
  ]);
  return { checks: [check, signature.check, ...(revisits === undefined ? [] : [revisits])] };
}

async function checkContents(
  zip: Zip,
  { digestBlob, onBytes = () => undefined, budget }: WaczOptions & { readonly budget: WaczBudget },
): Promise<Looked<true>> {
  const unpacked = zip.entries.reduce((sum, { method, bytes }) => sum + (method === "deflated" ? bytes : 0), 0);
  budget.bytes -= unpacked;
  if (budget.bytes < 0) {
    throw new PlacardError("too_large", `Compressed files in the archives unpack to more than ${MOST_DEFLATED} bytes.`);
  }
  const resources = readResources(await readObject(zip, MANIFEST));
  const listed = new Set(resources.map((resource) => resource.path));
  if (listed.size !== resources.length) throw malformed("lists one file twice");
  const unlisted = zip.entries.find(({ name }) => !listed.has(name) && name !== MANIFEST && name !== DIGEST);
  if (unlisted !== undefined) throw malformed(`holds ${JSON.stringify(unlisted.name)}, which it does not list`);
  if (!resources.some(({ path }) => /^archive\/[^/]+\.warc(\.gz)?$/.test(path))) throw malformed("lists no WARC file");
  if (!listed.has("pages/pages.jsonl")) throw malformed("lists no pages");
  for (const { path, hash, bytes } of resources) {
    const entry = zip.find(path);
    if (entry === undefined) throw malformed(`lists ${JSON.stringify(path)}, which is not there`);
    if (bytes !== entry.bytes || toHex(await digestOf(entry, digestBlob, onBytes)) !== hash) {
      throw new PlacardError("mismatch", `In the archive, ${JSON.stringify(path)} has other contents than are listed.`);
    }
  }
  const why = say("archive_whole", { count: resources.length }, { count: counted(resources.length, "file") });
  return { check: holds(CONTENTS, why), value: true };
}

async function digestOf(entry: ZipEntry, digestBlob: DigestBlob, onBytes: OnBytes): Promise<Uint8Array> {
  if (entry.method === "stored") return digestBlob(entry.packed, onBytes);
  return sha256(await readMember(entry, LONGEST_DEFLATED));
}

interface Resource {
  readonly path: string;
  /** Lower-case hexadecimal SHA-256. */
  readonly hash: string;
  readonly bytes: number;
}

function readResources(manifest: JsonObject): readonly Resource[] {
  const { profile, resources } = manifest as Readonly<Record<string, Json>>;
  if (profile !== "data-package" || !Array.isArray(resources) || resources.length === 0)
    throw malformed("lists no files");
  return (resources as readonly Json[]).map(readResource);
}

/** WACZ 1.1: `hash` is "sha256:<hex>"; WACZ 1.0: hash and length stand in `stats`, the algorithm in `hashing`. */
function readResource(resource: Json): Resource {
  if (!isJsonObject(resource)) throw malformed("lists no files");
  const stats = isJsonObject(resource["stats"]) ? resource["stats"] : undefined;
  const { path, bytes } = { path: resource["path"], bytes: stats?.["bytes"] ?? resource["bytes"] };
  const hash = stats === undefined ? resource["hash"] : hashOfStats(resource["hashing"], stats["hash"]);
  const hex = typeof hash === "string" ? /^sha256:([0-9a-f]{64})$/.exec(hash)?.[1] : undefined;
  if (typeof path !== "string" || typeof bytes !== "number" || hex === undefined) {
    throw malformed("lists a file without its SHA-256 and length");
  }
  return { path, hash: hex, bytes };
}

function hashOfStats(hashing: Json | undefined, hash: Json | undefined): string | undefined {
  return typeof hashing === "string" && typeof hash === "string" ? `${hashing}:${hash}` : undefined;
}

async function readSigned(zip: Zip): Promise<SignedManifest> {
  const digest = zip.find(DIGEST) === undefined ? undefined : await readObject(zip, DIGEST);
  const manifest = await memberOf(zip, MANIFEST);
  return {
    digest,
    hash: `sha256:${toHex(sha256(manifest))}`,
    created: () => parseObject(manifest, MANIFEST)["created"],
  };
}

async function readObject(zip: Zip, name: string): Promise<JsonObject> {
  return parseObject(await memberOf(zip, name), name);
}

function parseObject(bytes: Uint8Array, name: string): JsonObject {
  const value = parseJson(fromUtf8(bytes, name), name, LIMITS);
  if (!isJsonObject(value)) throw malformed(`has a ${name} of another form`);
  return value;
}

async function memberOf(zip: Zip, name: string): Promise<Uint8Array> {
  const entry = zip.find(name);
  if (entry === undefined) throw malformed(`has no ${name}`);
  return readMember(entry, LONGEST_MANIFEST);
}

function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `The archive ${why}.`);
}
