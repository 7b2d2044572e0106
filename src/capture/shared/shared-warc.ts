/** The byte record as it may be shared: records without anything to take out are the original's, byte for byte. */
import { dirname } from "node:path";
import { openPending } from "../../lib/durable.ts";
import { cameBy, chainOf, draftCertificates } from "../archive/certificates.ts";
import { lookupOf } from "../archive/lookup.ts";
import { draftInfo, draftMessages, draftRequest, draftResponse, links } from "../archive/warc.ts";
import { type RecordDraft, recordId, startRecord, type WarcEntry } from "../archive/warc-record.ts";
import type { Exchange, Header } from "../netlog/exchange.ts";
import type { Spool } from "../netlog/spool.ts";
import type { FindEarlier } from "../recapture/revisit.ts";
import { writeAround } from "./kept-body.ts";
import { lengthOf, type Part, type Piece, type Sources } from "./parts.ts";
import type { Search } from "./search.ts";
import { shareCertificates } from "./shared-certificates.ts";
import { type Removed, type SharedExchange, shareExchange } from "./shared-exchange.ts";

/** "request; cookie, x-csrf-token; 2 values; body changed": on each record of which something was taken out. */
const MARK = "WARC-Placard-Removed";
/** The original's record, which lies sealed in the vault. */
const MADE_FROM = "WARC-Placard-Made-From";

export interface Original {
  readonly exchanges: readonly Exchange[];
  /** As writeWarc gave them. */
  readonly entries: readonly WarcEntry[];
  /** Where the WARC begins in the archive. */
  readonly startsAt: number;
  /** The archive, and of a recapture the one that its revisits refer to. */
  readonly sources: Sources;
  readonly find: FindEarlier | undefined;
}

export interface Removal extends Removed {
  /** Of the record as it is shared. */
  readonly record: string;
  readonly type: WarcEntry["type"];
}

export interface SharedWarc {
  readonly entries: readonly WarcEntry[];
  readonly parts: readonly Part[];
  readonly removals: readonly Removal[];
}

export interface ShareOptions {
  readonly software: string;
  readonly createdAt: number;
  readonly search: Search | undefined;
  readonly spool: Spool;
  readonly signal?: AbortSignal | undefined;
}

const INFO = {
  description:
    "A derivative made at capture time for sharing: credentials are taken out. Records without WARC-Placard-Removed are those of the sealed original, byte for byte.",
};

/** Writes the records that changed to `path` (the shared archive's own bytes) and says what else it is made of. Throws `storage`. */
export async function writeSharedWarc(original: Original, path: string, options: ShareOptions): Promise<SharedWarc> {
  const file = await openPending(dirname(path), { mode: 0o600, scratch: true });
  const entries: WarcEntry[] = [];
  const parts: Part[] = [];
  const removals: Removal[] = [];
  let offset = 0;
  const place = (entry: Omit<WarcEntry, "offset" | "length">, of: readonly Part[]): void => {
    const length = of.reduce((sum, part) => sum + lengthOf(part), 0);
    entries.push({ ...entry, offset, length });
    parts.push(...of);
    offset += length;
  };
  const keep = (entry: WarcEntry): void => place(entry, [memberOf(entry, original)]);
  const write = async (draft: RecordDraft, id: string, more: readonly Header[], body?: Piece): Promise<void> => {
    const written = await writeAround(file, body, original.sources, { draft, id, more });
    const of = written ?? [{ own: await (await startRecord(draft, id, more))(file) }];
    place({ type: draft.type, id, date: draft.date, ...draft.about }, of);
  };
  try {
    const info = draftInfo({ ...options, info: INFO });
    const infoId = recordId(info, 0);
    await write(info, infoId, []);
    const next = original.entries[Symbol.iterator]();
    const take = (): WarcEntry => next.next().value as WarcEntry;
    keep(take());
    const chains = new Map<string, string>();
    for (const exchange of original.exchanges) {
      options.signal?.throwIfAborted();
      const shared = await shareExchange(exchange, options.search, options.spool);
      const chain = chainOf(exchange);
      const certificates =
        chain === undefined || chains.has(chain)
          ? []
          : [certificatesOf(exchange, options.search, take(), entries.length, infoId)];
      for (const { id } of certificates) chains.set(chain ?? "", id);
      const records = await recordsOf(shared, exchange, take, {
        place: entries.length + certificates.length,
        infoId,
        by: cameBy(chains.get(chain ?? "")),
      });
      for (const record of [...certificates, ...records]) {
        if (record.draft === undefined) {
          keep(record.entry);
          continue;
        }
        await write(record.draft, record.id, record.more, await memberWithBody(record, original));
        if (record.removed !== undefined)
          removals.push({ record: record.id, type: record.entry.type, ...record.removed });
      }
    }
    await options.spool.drain();
    await file.commit(path);
    return { entries, parts, removals };
  } finally {
    await file.discard();
  }
}

function memberOf({ offset, length }: WarcEntry, { startsAt }: Original): Piece {
  return { of: "archive", from: startsAt + offset, bytes: length };
}

/** The sealed record that has the body which this one keeps. */
async function memberWithBody({ entry, removed }: SharedRecord, original: Original): Promise<Piece | undefined> {
  if (removed !== undefined && removed.body !== "kept") return undefined;
  if (entry.type !== "revisit") return memberOf(entry, original);
  const found = entry.payloadDigest === undefined ? undefined : await original.find?.(entry.payloadDigest);
  return found && { of: "earlierArchive", from: found.from, bytes: found.bytes };
}

interface SharedRecord {
  /** As the original's index has it. */
  readonly entry: WarcEntry;
  readonly id: string;
  readonly removed: Removed | undefined;
  /** Undefined where the record stays as it is. */
  readonly draft: RecordDraft | undefined;
  readonly more: readonly Header[];
}

function certificatesOf(
  exchange: Exchange,
  search: Search | undefined,
  entry: WarcEntry,
  place: number,
  infoId: string,
): SharedRecord {
  const { shown, removed } = shareCertificates(exchange, search);
  if (removed === undefined) return same(entry);
  const draft = withMarks(draftCertificates(shown), entry, removed);
  return { entry, id: recordId(draft, place), removed, draft, more: links(infoId, undefined) };
}

const same = (entry: WarcEntry): SharedRecord => ({
  entry,
  id: entry.id,
  removed: undefined,
  draft: undefined,
  more: [],
});

interface Surroundings {
  /** How many records are before. */
  readonly place: number;
  readonly infoId: string;
  /** Which certificates both came by. */
  readonly by: readonly Header[];
}

/** A record that names another one that changed changes with it. */
async function recordsOf(
  { exchange, request, response, messages }: SharedExchange,
  original: Exchange,
  take: () => WarcEntry,
  { place, infoId, by }: Surroundings,
): Promise<readonly SharedRecord[]> {
  const requestEntry = original.requestHead.length === 0 ? undefined : take();
  const responseEntry = original.responseHead.length === 0 ? undefined : take();
  const messagesEntry = original.messages === undefined ? undefined : take();
  const responsePlace = requestEntry === undefined ? place : place + 1;
  const changed = async (
    entry: WarcEntry,
    at: number,
    draft: (exchange: Exchange) => Promise<RecordDraft>,
    removed: Removed | undefined,
    beside: string | undefined,
  ): Promise<SharedRecord> => {
    const marked = withMarks(await draft(exchange), entry, removed);
    const certificates = entry === messagesEntry ? [] : by;
    return {
      entry,
      id: recordId(marked, at),
      removed,
      draft: marked,
      more: [...links(infoId, beside), ...certificates],
    };
  };
  // What an earlier archive holds is there in full: that one may be handed out in no form that has the very payload.
  const isWhole = responseEntry?.type !== "revisit";
  const answer =
    responseEntry &&
    (response === undefined && isWhole
      ? same(request === undefined ? responseEntry : await lookedUpAs(responseEntry, exchange))
      : await changed(responseEntry, responsePlace, draftResponse, response, undefined));
  const moved = answer?.draft !== undefined;
  const asked =
    requestEntry &&
    (request === undefined && !moved
      ? same(requestEntry)
      : await changed(requestEntry, place, draftRequest, request, answer?.id));
  const said =
    messagesEntry &&
    (messages === undefined && !moved
      ? same(messagesEntry)
      : await changed(messagesEntry, responsePlace + 1, draftMessages, messages, answer?.id));
  return [asked, answer, said].filter((record) => record !== undefined);
}

/** A request's body is part of the address under which replay looks up its answer. */
async function lookedUpAs(entry: WarcEntry, exchange: Exchange): Promise<WarcEntry> {
  const { lookup: _, ...rest } = entry;
  const lookup = await lookupOf(exchange);
  return { ...rest, ...(lookup === undefined ? {} : { lookup }) };
}

function withMarks(draft: RecordDraft, { id }: WarcEntry, removed: Removed | undefined): RecordDraft {
  const marks: Header[] = removed === undefined ? [] : [[MARK, inWords(removed)]];
  return { ...draft, headers: [...draft.headers, ...marks, [MADE_FROM, id]] };
}

function inWords({ headers, values, body }: Removed): string {
  const named = headers.length === 0 ? [] : [headers.join(", ")];
  const counted = values === 0 ? [] : [values === 1 ? "1 value" : `${values} values`];
  return [...named, ...counted, ...(body === "kept" ? [] : [`body ${body}`])].join("; ");
}
