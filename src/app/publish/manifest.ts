/** `site.json`: which files a site has (docs/formats/site.md). What stands at a target is told by the one that lies there. */
import { createHash } from "node:crypto";
import { fromUtf8, utf8 } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { isJsonObject, parseJson } from "../../lib/json.ts";
import { exhibitFolder } from "../../show/site/addresses.ts";

export const MANIFEST = "site.json";
const FORMAT = 1;

/** Bytes, and SHA-256 in hexadecimal. */
export type FileRef = readonly [bytes: number, sha256: string];
export type Files = ReadonlyMap<string, FileRef>;

export interface Manifest {
  readonly files: Files;
  /** Ids of exhibits that were withdrawn. */
  readonly withdrawn: readonly string[];
  /** Paths that are being changed: of what lies there nothing is known. Empty where the site is whole. */
  readonly changing: readonly string[];
}

/** Nothing may be written or removed but below the site's own folder, whatever a manifest says that was fetched. */
const PATH = /^(?:[A-Za-z0-9][A-Za-z0-9._-]*\/)*[A-Za-z0-9][A-Za-z0-9._-]*$/;
const LONGEST_PATH = 300;
/** Half a million files. */
const LIMITS = { length: 1 << 26, depth: 4 };

export function isSitePath(path: string): boolean {
  return path.length <= LONGEST_PATH && PATH.test(path) && path !== MANIFEST;
}

export function refOf(bytes: Uint8Array): FileRef {
  return [bytes.length, createHash("sha256").update(bytes).digest("hex")];
}

/** In the order of paths, so that one site has one manifest. */
export function formatManifest({ files, withdrawn, changing }: Manifest): Uint8Array {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([path, ref]) => `${JSON.stringify(path)}:${JSON.stringify(ref)}`).join(",\n");
  const head = { format: FORMAT, withdrawn: withdrawn.toSorted(), changing: changing.toSorted() };
  return utf8(`${JSON.stringify(head).slice(0, -1)},"files":{\n${lines}\n}}\n`);
}

/** Throws `malformed`, `unsupported` (of a later Placard). */
export function parseManifest(bytes: Uint8Array): Manifest {
  const value = parseJson(fromUtf8(bytes, MANIFEST), MANIFEST, LIMITS);
  if (!isJsonObject(value)) throw unreadable();
  if (typeof value["format"] === "number" && value["format"] > FORMAT)
    throw new PlacardError("unsupported", `The ${MANIFEST} there is of a later Placard.`, {
      next: "Publish with the newest Placard.",
    });
  const { files, withdrawn, changing } = value;
  if (value["format"] !== FORMAT || !isJsonObject(files) || !isTexts(withdrawn) || !isTexts(changing))
    throw unreadable();
  const refs = Object.entries(files).map(([path, ref]) => {
    if (!isSitePath(path) || !isRef(ref)) throw unreadable();
    return [path, ref] as const;
  });
  if (!changing.every(isSitePath)) throw unreadable();
  return { files: new Map(refs), withdrawn, changing };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isRef(value: unknown): value is FileRef {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [bytes, sha256] = value as readonly unknown[];
  return Number.isSafeInteger(bytes) && typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256);
}

function unreadable(): PlacardError {
  return new PlacardError("malformed", `The ${MANIFEST} there is not one of ours.`, {
    next: "Publish into a place of its own, or remove what lies there first.",
  });
}

export interface Plan {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** To be sent. */
  readonly bytes: number;
  /** That stay. */
  readonly same: number;
}

/** What leads from one to the other; nothing is there where `from` is undefined. */
export function planOf(from: Manifest | undefined, to: Manifest): Plan {
  const before = from?.files ?? new Map<string, FileRef>();
  const doubtful = new Set(from?.changing);
  const [added, changed]: [string[], string[]] = [[], []];
  let bytes = 0;
  for (const [path, ref] of to.files) {
    const old = before.get(path);
    if (old !== undefined && old[1] === ref[1] && !doubtful.has(path)) continue;
    (old === undefined && !doubtful.has(path) ? added : changed).push(path);
    bytes += ref[0];
  }
  const removed = [...new Set([...before.keys(), ...doubtful])].filter((path) => !to.files.has(path));
  const same = to.files.size - added.length - changed.length;
  return { added: added.toSorted(), changed: changed.toSorted(), removed: removed.toSorted(), bytes, same };
}

export function isEmpty({ added, changed, removed }: Plan): boolean {
  return added.length + changed.length + removed.length === 0;
}

const LEDGER = "ledger/";

/**
 * An earlier site as it may come back: with the ledger of now, which only ever grows, and without what was withdrawn since.
 */
export function asItMayReturn(earlier: Manifest, now: Manifest): Manifest {
  return takenOver(earlier, now, (path) => path.startsWith(LEDGER));
}

/** An earlier site without what was withdrawn since. */
export function withoutWithdrawn(earlier: Manifest, now: Manifest): Manifest {
  return takenOver(earlier, now, () => false);
}

/** Some files are as they are now, and so is all of what was withdrawn. */
function takenOver(earlier: Manifest, now: Manifest, isOfNow: (path: string) => boolean): Manifest {
  const gone = new Set(now.withdrawn.map(exhibitFolder));
  const isTaken = (path: string): boolean => isOfNow(path) || gone.has(/^(?:he\/)?(V\/[^/]+\/)/.exec(path)?.[1] ?? "");
  const kept = [...earlier.files].filter(([path]) => !isTaken(path));
  const taken = [...now.files].filter(([path]) => isTaken(path));
  return {
    files: new Map([...kept, ...taken]),
    withdrawn: [...new Set([...earlier.withdrawn, ...now.withdrawn])],
    changing: [],
  };
}
