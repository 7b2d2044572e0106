/**
 * Looks at a web archive (WACZ 1.1.1, and 1.0.0 where others made it): its structure, that every member is listed with
 * its hash and none is there besides, and its signature (WACZ signing spec 0.1.0, the anonymous form).
 */
import { p384 } from "@noble/curves/nist.js";
import { equal, fromBase64, fromUtf8, toHex, utf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../lib/json.ts";
import { sha256 } from "../lib/sha256.ts";
import { absent, holds, type Looked, look, notLooked } from "./check.ts";
import type { DigestBlob, OnBytes } from "./digest.ts";
import type { Check } from "./verdict.ts";
import { counted, shown } from "./wording.ts";
import { openZip, readMember, type Zip, type ZipEntry } from "./zip.ts";

export interface WaczVerdict {
  /** "archive contents" and "archive signature". */
  readonly checks: readonly [Check, Check];
}

const CONTENTS = "archive contents";
const SIGNATURE = "archive signature";
const MANIFEST = "datapackage.json";
const DIGEST = "datapackage-digest.json";
const LONGEST_MANIFEST = 1 << 22;
const LIMITS = { length: LONGEST_MANIFEST, depth: 16 };
/** Other members are unpacked in memory to be hashed; WARC files are stored. */
const LONGEST_DEFLATED = 1 << 26;
/** DER of SubjectPublicKeyInfo for an uncompressed P-384 point, up to the point (RFC 5480). */
const P384_SPKI = new Uint8Array([
  0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00,
  0x22, 0x03, 0x62, 0x00,
]);

/**
 * `expectedKey`: base64 SPKI that must have signed, as the act names it; without it a signature is checked and not
 * counted. Never throws for what the archive holds; throws `storage` where it cannot be read.
 */
export async function verifyWacz(
  blob: Blob,
  options: { readonly digestBlob: DigestBlob; readonly onBytes?: OnBytes; readonly expectedKey?: string },
): Promise<WaczVerdict> {
  const opened = await look(CONTENTS, async () => ({
    check: holds(CONTENTS, "It opens."),
    value: await openZip(blob),
  }));
  const zip = opened.value;
  if (zip === undefined) return { checks: [opened.check, notLooked(SIGNATURE, "the archive cannot be opened")] };
  const contents = await look(CONTENTS, () =>
    checkContents(zip, options.digestBlob, options.onBytes ?? (() => undefined)),
  );
  const signature = await look(SIGNATURE, async () => ({ check: await checkSignature(zip, options.expectedKey) }));
  return { checks: [contents.check, signature.check] };
}

async function checkContents(zip: Zip, digestBlob: DigestBlob, onBytes: OnBytes): Promise<Looked<true>> {
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
  const why = `The archive holds the ${counted(resources.length, "file")} it lists, unchanged, and nothing else.`;
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
  const hash = stats === undefined ? resource["hash"] : `${String(resource["hashing"])}:${String(stats["hash"])}`;
  const hex = typeof hash === "string" ? /^sha256:([0-9a-f]{64})$/.exec(hash)?.[1] : undefined;
  if (typeof path !== "string" || typeof bytes !== "number" || hex === undefined) {
    throw malformed("lists a file without its SHA-256 and length");
  }
  return { path, hash: hex, bytes };
}

async function checkSignature(zip: Zip, expectedKey: string | undefined): Promise<Check> {
  if (zip.find(DIGEST) === undefined) {
    if (expectedKey !== undefined) throw new PlacardError("mismatch", "The archive's signature is missing.");
    return absent(SIGNATURE, "The archive is not signed.");
  }
  const digest = await readObject(zip, DIGEST);
  const manifest = await memberOf(zip, MANIFEST);
  const hash = `sha256:${toHex(sha256(manifest))}`;
  if (digest["path"] !== MANIFEST || digest["hash"] !== hash) {
    throw new PlacardError("mismatch", "The archive's digest is not that of its list of files.");
  }
  const signed = digest["signedData"];
  if (signed === undefined && expectedKey === undefined) return absent(SIGNATURE, "The archive is not signed.");
  if (!isJsonObject(signed) || signed["hash"] !== hash)
    throw new PlacardError("mismatch", "The archive's signature is missing, or over another archive.");
  if (signed["domain"] !== undefined && expectedKey === undefined) {
    const domain = shown(String(signed["domain"]));
    return absent(
      SIGNATURE,
      `The archive says that ${domain} signed it; signatures by web sites are not checked here.`,
    );
  }
  return checkAnonymous(signed, hash, expectedKey);
}

function checkAnonymous(signed: JsonObject, hash: string, expectedKey: string | undefined): Check {
  const { publicKey, signature } = signed as Readonly<Record<string, Json>>;
  if (typeof publicKey !== "string" || typeof signature !== "string")
    throw malformed("has a signature of another form");
  if (expectedKey !== undefined && publicKey !== expectedKey) {
    throw new PlacardError("mismatch", "The archive is signed with another key than the exhibit names.");
  }
  const spki = fromBase64(publicKey, "archive's public key");
  const raw = fromBase64(signature, "archive's signature");
  if (
    spki.length !== P384_SPKI.length + 97 ||
    !equal(spki.subarray(0, P384_SPKI.length), P384_SPKI) ||
    raw.length !== 96
  ) {
    throw new PlacardError("unsupported", "The archive's signature is not ECDSA P-384.");
  }
  if (!verifies(raw, utf8(hash), spki.subarray(P384_SPKI.length))) {
    throw new PlacardError("mismatch", "The archive's signature does not match.");
  }
  if (expectedKey === undefined)
    return absent(SIGNATURE, "The archive is signed, by a key that the file does not name.");
  return holds(SIGNATURE, "The archive is signed with the key that the act names.");
}

/** ECDSA with SHA-256, as signers of WACZ files use it. */
function verifies(signature: Uint8Array, message: Uint8Array, point: Uint8Array): boolean {
  try {
    return p384.verify(signature, sha256(message), point, { prehash: false, lowS: false });
  } catch {
    return false; // A point that is not on the curve.
  }
}

async function readObject(zip: Zip, name: string): Promise<JsonObject> {
  const value = parseJson(fromUtf8(await memberOf(zip, name), name), name, LIMITS);
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
