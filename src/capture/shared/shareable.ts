/** What of a capture may be handed out, made from the sealed original and sealed beside it (docs/formats/shared.md). */
import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { utf8 } from "../../lib/bytes.ts";
import { isPlacardError } from "../../lib/error.ts";
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { WaczContents } from "../archive/wacz.ts";
import type { WarcEntry } from "../archive/warc-record.ts";
import { isTransferCoded } from "../netlog/entity.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { valuesOf } from "../netlog/head.ts";
import { Spool } from "../netlog/spool.ts";
import type { Earlier } from "../recapture/revisit.ts";
import { writeScratch } from "../scratch.ts";
import type { SignedIn } from "../sign-in/state.ts";
import type { Issued } from "../sign-in/visit.ts";
import { Secrets } from "./collect.ts";
import { decodedBody } from "./decoded.ts";
import type { Sources } from "./parts.ts";
import { openSearch, type Search } from "./search.ts";
import { HIDES_NO_NAME } from "./secret.ts";
import { packSharedArchive } from "./shared-archive.ts";
import { type SharedWarc, writeSharedWarc } from "./shared-warc.ts";

export interface Original {
  readonly exchanges: readonly Exchange[];
  readonly entries: readonly WarcEntry[];
  readonly archive: string;
  /** Where the WARC begins in it. */
  readonly warcAt: number;
  readonly text: string;
  readonly facts: JsonObject;
  /** Where the payloads lie that it only refers to. */
  readonly earlier: Earlier | undefined;
  readonly contents: Omit<WaczContents, "warc" | "entries">;
}

export interface ShareOptions {
  readonly folder: string;
  /** The session the page was captured under, and what the browser held when it ended. */
  readonly session?: { readonly signedIn: SignedIn; readonly issued: readonly Issued[] } | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Shareable {
  readonly files: { readonly sharedParts?: string; readonly sharedText?: string };
  /** `removed`, and where there is one, `sharedArchive`; of a session's capture also `session` and `shared`. */
  readonly facts: JsonObject;
}

/** Pictures, sound and typefaces hold no tokens by name; they are searched for known ones all the same. */
const NO_TEXT = /^(?:image\/(?!svg)|video\/|audio\/|font\/)/i;

/** Throws `storage`, and the signal's reason. */
export async function makeShareable(original: Original, options: ShareOptions): Promise<Shareable> {
  const { session } = options;
  const secrets = session && (await secretsOf(original, session, options.signal));
  const search = secrets && openSearch(secrets.all);
  const shared = secrets?.overflow ? undefined : await shareArchive(original, search, options);
  const facts = {
    removed: shared?.removed ?? null,
    ...(shared?.archive === undefined ? {} : { sharedArchive: { ...shared.archive.ref } }),
  };
  const files = shared?.archive === undefined ? {} : { sharedParts: shared.archive.parts };
  if (search === undefined) return { files, facts };
  const text = await readFile(original.text, "utf8");
  const sharedText = search.removeFromText(text, ignore);
  const path = join(options.folder, "shared-text.txt");
  if (sharedText !== text) await writeScratch(path, utf8(sharedText));
  const changed = changedFacts(original.facts, search);
  return {
    files: { ...files, ...(sharedText === text ? {} : { sharedText: path }) },
    facts: {
      ...facts,
      session: session?.signedIn.hide.length === 0 ? HIDES_NO_NAME : true,
      ...(Object.keys(changed).length === 0 ? {} : { shared: changed }),
    },
  };
}

const ignore = (): void => undefined;

async function secretsOf(
  { exchanges, facts }: Original,
  { signedIn, issued }: NonNullable<ShareOptions["session"]>,
  signal: AbortSignal | undefined,
): Promise<Secrets> {
  const secrets = new Secrets();
  secrets.addSession(signedIn);
  for (const found of issued) secrets.addIssued(found);
  for (const exchange of exchanges) secrets.addExchange(exchange);
  secrets.addAddresses(JSON.stringify(facts));
  for (const exchange of exchanges) {
    signal?.throwIfAborted();
    await addBodies(exchange, secrets);
  }
  return secrets;
}

async function addBodies(exchange: Exchange, secrets: Secrets): Promise<void> {
  const { requestHeaders, requestBody, responseHeaders, responseBody, messages } = exchange;
  const [type = ""] = valuesOf(responseHeaders, "content-type");
  const sides = [
    { headers: requestHeaders, body: requestBody, chunked: false },
    ...(NO_TEXT.test(type)
      ? []
      : [{ headers: responseHeaders, body: responseBody, chunked: isTransferCoded(exchange) }]),
    ...(messages === undefined ? [] : [{ headers: [], body: messages, chunked: false }]),
  ];
  for (const side of sides) {
    try {
      if (side.body.length > 0) await secrets.addText(decodedBody(side));
    } catch (error) {
      // What cannot be looked into is left out of the shared archive as a whole.
      if (!isPlacardError(error) || error.code === "storage") throw error;
    }
  }
}

async function shareArchive(original: Original, search: Search | undefined, { folder, signal }: ShareOptions) {
  const { contents, entries, exchanges, warcAt, earlier } = original;
  const sources: Sources = { archive: await openAsBlob(original.archive), earlierArchive: earlier?.archive };
  await using spool = await Spool.open(folder);
  const own = join(folder, "shared-records");
  const { software, created: createdAt } = contents;
  const warc = await writeSharedWarc({ exchanges, entries, startsAt: warcAt, sources, find: earlier?.find }, own, {
    software,
    createdAt,
    search,
    spool,
    signal,
  });
  const pages = contents.pages.map((page) => ({
    ...page,
    url: search?.removeFromText(page.url, ignore) ?? page.url,
    title: search?.removeFromText(page.title, ignore) ?? page.title,
  }));
  const standsAlone = !earlier?.isHeldBack || entries.every(({ type }) => type !== "revisit");
  const isSame =
    standsAlone &&
    warc.removals.length === 0 &&
    pages.every(({ url, title }, i) => url === contents.pages[i]?.url && title === contents.pages[i]?.title);
  const removed = countsOf(warc);
  return isSame
    ? { removed }
    : { removed, archive: await packSharedArchive(warc, own, sources, { ...contents, pages }) };
}

function countsOf({ removals }: SharedWarc): JsonObject {
  const bodies = (what: string): number => removals.filter(({ body }) => body === what).length;
  return {
    headers: removals.reduce((sum, { headers }) => sum + headers.length, 0),
    values: removals.reduce((sum, { values }) => sum + values, 0),
    bodiesChanged: bodies("changed"),
    bodiesLeftOut: bodies("left out"),
  };
}

/** By name, the facts in which something was found, without it. */
function changedFacts(facts: JsonObject, search: Search): JsonObject {
  const changed: Record<string, Json> = {};
  for (const [name, value] of Object.entries(facts)) {
    let found = false;
    const clean = cleaned(value, search, () => (found = true));
    if (found) changed[name] = clean;
  }
  return changed;
}

function cleaned(value: Json, search: Search, onFound: () => void): Json {
  if (typeof value === "string") return search.removeFromText(value, onFound);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => cleaned(item, search, onFound));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cleaned(item, search, onFound)]));
}
