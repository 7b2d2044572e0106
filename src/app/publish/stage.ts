/**
 * The site as it was last built, in the record's folder: files by their hash, and which exhibit is told on which of them, so that
 * the next build makes anew only what has changed. Disposable but for what an undo goes back to; private, though all in it is
 * meant for the public.
 */
import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fromUtf8, utf8 } from "../../lib/bytes.ts";
import { placeLazily, removeLazily } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import { isJsonObject } from "../../lib/json.ts";
import { type BuildOptions, buildSite, type SiteFile } from "../../show/site/build.ts";
import type { SiteContent } from "../../show/site/content.ts";
import { type FileRef, type Manifest, refOf } from "./manifest.ts";

export interface StageParts extends Omit<BuildOptions, "isKept"> {
  /** The ledger's, and whatever else lies on the site as it is. */
  readonly asTheyAre: readonly FileAsItIs[];
}

export interface FileAsItIs {
  readonly path: string;
  /** It never has other bytes under this path, and need not be read again. */
  readonly isFixed: boolean;
  read(): Promise<Uint8Array>;
}

export interface Stage {
  readonly manifest: Manifest;
  /** Exhibits whose pages were made, and those whose pages were as they had to be. */
  readonly made: number;
  readonly kept: number;
  has(sha256: string): Promise<boolean>;
  /** Throws `inconsistent` where the file is missing or damaged. */
  bytesOf(sha256: string): Promise<Uint8Array>;
}

interface Told {
  readonly key: string;
  readonly files: readonly (readonly [path: string, ref: FileRef])[];
}

interface Built {
  readonly exhibits: Readonly<Record<string, Told>>;
  readonly files: Readonly<Record<string, FileRef>>;
}

const FORMAT = 1;
const NOTHING: Built = { exhibits: {}, files: {} };
/** Files under way at once. */
const AT_ONCE = 32;

export async function buildStage(folder: string, content: SiteContent, parts: StageParts): Promise<Stage> {
  const before = await readBuilt(folder);
  const exhibits = new Map<string, Told>();
  const files = new Map<string, FileRef>();
  const withdrawn: string[] = [];
  const known = new Set(refsOf(before).map(([, sha256]) => sha256));
  let made = 0;
  const writing = boundedWrites(async (sha256, bytes) => placeLazily(blobPath(folder, sha256), bytes));
  const take = async ({ path, bytes }: SiteFile): Promise<readonly [string, FileRef]> => {
    const ref = refOf(bytes);
    if (!known.has(ref[1])) {
      known.add(ref[1]);
      await writing.add(ref[1], bytes);
    }
    return [path, ref];
  };
  const isKept = (id: string, key: string): boolean => before.exhibits[id]?.key === key;
  for await (const piece of buildSite(noting(content, withdrawn), { ...parts, isKept })) {
    if (piece.kind === "file") files.set(...(await take(piece.file)));
    else if (piece.kind === "kept") exhibits.set(piece.id, before.exhibits[piece.id] as Told);
    else {
      made++;
      const told: (readonly [string, FileRef])[] = [];
      for (const file of piece.files) told.push(await take(file));
      exhibits.set(piece.id, { key: piece.key, files: told });
    }
  }
  for (const { path, isFixed, read } of parts.asTheyAre) {
    const same = isFixed ? before.files[path] : undefined;
    files.set(path, same ?? (await take({ path, bytes: await read() }))[1]);
  }
  await writing.done();
  const built: Built = { exhibits: Object.fromEntries(exhibits), files: Object.fromEntries(files) };
  await placeLazily(builtPath(folder), utf8(JSON.stringify({ format: FORMAT, ...built })));
  const all = new Map([...files, ...[...exhibits.values()].flatMap((told) => told.files)]);
  return {
    manifest: { files: all, withdrawn, changing: [] },
    made,
    kept: exhibits.size - made,
    has: (sha256) =>
      access(blobPath(folder, sha256)).then(
        () => true,
        () => false,
      ),
    bytesOf: (sha256) => readBlob(folder, sha256),
  };
}

/** The same content; whoever is withdrawn in it is noted on the way. */
function noting(content: SiteContent, withdrawn: string[]): SiteContent {
  return {
    ...content,
    exhibits: async function* () {
      for await (const entry of content.exhibits()) {
        if (entry.withdrawn !== undefined) withdrawn.push(entry.id);
        yield entry;
      }
    },
  };
}

function boundedWrites(write: (sha256: string, bytes: Uint8Array) => Promise<void>) {
  const under = new Set<Promise<void>>();
  let failed: { readonly error: unknown } | undefined;
  return {
    async add(sha256: string, bytes: Uint8Array): Promise<void> {
      if (failed !== undefined) throw failed.error;
      const work = write(sha256, bytes)
        .catch((error: unknown) => {
          failed ??= { error };
        })
        .finally(() => under.delete(work));
      under.add(work);
      if (under.size >= AT_ONCE) await Promise.race(under);
    },
    async done(): Promise<void> {
      await Promise.all(under);
      if (failed !== undefined) throw failed.error;
    },
  };
}

function refsOf({ exhibits, files }: Built): readonly FileRef[] {
  return [...Object.values(files), ...Object.values(exhibits).flatMap((told) => told.files.map(([, ref]) => ref))];
}

/** Forgets files of earlier builds that nobody needs: neither the newest build nor one that an undo goes back to. */
export async function forgetFiles(folder: string, needed: readonly Manifest[]): Promise<void> {
  const kept = new Set(needed.flatMap(({ files }) => [...files.values()].map(([, sha256]) => sha256)));
  for (const first of await readdir(join(folder, "files")))
    for (const rest of await readdir(join(folder, "files", first)))
      if (!kept.has(first + rest)) await removeLazily(join(folder, "files", first, rest));
}

const builtPath = (folder: string): string => join(folder, "built.json");
const blobPath = (folder: string, sha256: string): string => join(folder, "files", sha256.slice(0, 2), sha256.slice(2));

/** Ours, and only ours: where it cannot be read, all is built anew. */
async function readBuilt(folder: string): Promise<Built> {
  try {
    const value: unknown = JSON.parse(fromUtf8(await readFile(builtPath(folder)), "built.json"));
    if (!isJsonObject(value) || value["format"] !== FORMAT) return NOTHING;
    return value as unknown as Built;
  } catch {
    return NOTHING;
  }
}

async function readBlob(folder: string, sha256: string): Promise<Uint8Array> {
  const bytes = await readFile(blobPath(folder, sha256)).catch(() => undefined);
  if (bytes !== undefined && refOf(bytes)[1] === sha256) return bytes;
  throw new PlacardError("inconsistent", `A file of the site as it was built is missing or damaged in ${folder}.`, {
    next: `Delete ${builtPath(folder)} and publish again: the site is built anew. An undo to before that is not possible.`,
  });
}
