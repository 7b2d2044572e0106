/** publish, for the faces: builds the site of a record and tells what would change where it is shown. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { filesToDrop } from "../../ledger/files.ts";
import { parseTilePath } from "../../ledger/tile.ts";
import { makeFolderLazily, placeLazily } from "../../lib/durable.ts";
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import { primaryCode, SQLITE_BUSY } from "../../lib/sqlite.ts";
import { browserFor } from "../browser-for.ts";
import type { RecordContext } from "../context.ts";
import { openTarget } from "./open-target.ts";
import { type Publishing, preparePublishing } from "./publish.ts";
import { siteContent } from "./site-content.ts";
import { buildStage, type FileAsItIs } from "./stage.ts";

export interface SitePublishing extends Publishing, AsyncDisposable {
  readonly target: string;
  /** Exhibits whose pages were made, and those whose pages were as they had to be. */
  readonly made: number;
  readonly kept: number;
}

export interface PublishSiteOptions {
  /** Back to what was shown before the last publishing, but for the ledger and what was withdrawn since. */
  readonly undo?: boolean;
  readonly onProgress?: (words: string) => void;
}

/**
 * Nothing is changed at `given` (a folder, `s3://…`, `sftp://…`) before `go` is called; nobody else publishes this record's site until
 * it is disposed of. Throws `usage`, `busy`, `conflict`, `remote`, `storage`, `unsupported` (the verify page was not built).
 */
export async function publishSite(
  context: RecordContext,
  given: string,
  { undo = false, onProgress }: PublishSiteOptions = {},
): Promise<SitePublishing> {
  const { site: folder } = context.folder;
  await using stack = new AsyncDisposableStack();
  await makeFolderLazily(folder);
  stack.use(lock(folder));
  const target = stack.use(await openTarget(given, context.environment));
  onProgress?.("building the pages");
  const stage = await buildStage(folder, await siteContent(context), {
    verifyPage: await verifyPage(),
    card: await cardOf(context),
    asTheyAre: await ledgerFiles(context),
  });
  onProgress?.("comparing them with what is shown");
  const publishing = await preparePublishing({ folder, target, stage, undo });
  const held = stack.move();
  return {
    ...publishing,
    target: target.name,
    made: stage.made,
    kept: stage.kept,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** Let go of by the system where this process dies. Throws `busy`. */
function lock(folder: string): Disposable {
  const database = new DatabaseSync(join(folder, "lock.sqlite"), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    if (primaryCode(cause) !== SQLITE_BUSY) throw cause;
    throw new PlacardError("busy", "Somebody is publishing this record's site already.", { cause });
  }
  return { [Symbol.dispose]: () => database.close() };
}

/** In a clone it is built beside the source, in the package it lies beside this file's folder. */
async function verifyPage(): Promise<ReadonlyMap<string, Uint8Array>> {
  const isSource = import.meta.url.endsWith(".ts");
  const folder = fileURLToPath(new URL(isSource ? "../../../dist/verify-page" : "../../verify-page", import.meta.url));
  if (!existsSync(join(folder, "index.html")))
    throw new PlacardError("unsupported", "The page that checks files has not been built.", {
      next: "Run node scripts/build-verify-page.ts once.",
    });
  const names = ["index.html", "verify.js"];
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

/** As they are, each committed; the checkpoint is read first, so that all it stands on is there. */
async function ledgerFiles({ backend, log }: RecordContext): Promise<readonly FileAsItIs[]> {
  const { size } = await log.head();
  const checkpoint = await backend.get("checkpoint");
  if (checkpoint === undefined) throw new PlacardError("inconsistent", "The ledger's published checkpoint is missing.");
  const tiles = await backend.list("tile/");
  const dropped = new Set(filesToDrop(tiles, size));
  const files = tiles
    .filter((path) => !dropped.has(path) && isTile(path))
    .map((path) => ({
      path: `ledger/${path}`,
      isFixed: true,
      read: async () => (await backend.get(path)) ?? missing(path),
    }));
  return [...files, { path: "ledger/checkpoint", isFixed: false, read: async () => checkpoint }];
}

function isTile(path: string): boolean {
  try {
    return parseTilePath(path).width > 0;
  } catch {
    return false;
  }
}

function missing(path: string): never {
  throw new PlacardError("inconsistent", `The ledger's file ${path} is missing.`);
}

/** Drawn once for each name, and kept. Without a browser there is none, and pages are shared without a picture. */
async function cardOf(context: RecordContext): Promise<Uint8Array | undefined> {
  const { cardHtml } = await import("../../show/site/card.ts");
  const html = cardHtml(context.file.name);
  const name = createHash("sha256").update(html).digest("hex").slice(0, 16);
  const path = join(context.folder.site, `card-${name}.png`);
  const kept = await readFile(path).catch(() => undefined);
  if (kept !== undefined) return kept;
  try {
    const { drawCard } = await import("../../show/site/card.ts");
    const drawn = await drawCard(html, await browserFor(context));
    await placeLazily(path, drawn);
    return drawn;
  } catch (error) {
    if (!isPlacardError(error, "no_browser")) throw error;
    return undefined;
  }
}
