/** One WARC record, written with warcio's serializer and around its data model. */
import { createHash } from "node:crypto";
import { BaseSerializerBuffer, HeadersMultiMap, StatusAndHeaders, WARCRecord, WARCSerializer } from "warcio";
import type { PendingFile } from "../lib/durable.ts";
import type { Lookup } from "./lookup.ts";
import type { Header } from "./netlog/exchange.ts";

/** Where a record stands in the file, and what an index (CDXJ) says of it. */
export interface WarcEntry {
  readonly type: "warcinfo" | "request" | "response" | "metadata";
  /** "<urn:uuid:…>". */
  readonly id: string;
  /** RFC 3339 with milliseconds. */
  readonly date: string;
  /** Bytes from the start of the file; each record is a gzip member of its own. */
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly method?: string;
  readonly status?: number;
  /** Media type of the response without parameters, lower case. */
  readonly mime?: string;
  /** "sha256:<hex>" of the entity (no transfer coding, content codings kept). */
  readonly payloadDigest?: string;
  readonly truncated?: boolean;
  /** Of a request that is no GET. */
  readonly lookup?: Lookup;
}

type Bytes = () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A record before its place in the file is known. */
export interface RecordDraft {
  readonly type: WarcEntry["type"];
  readonly date: string;
  readonly contentType: string;
  readonly headers: readonly Header[];
  readonly block: Bytes;
  readonly blockDigest: string;
  /** What the entry says beyond type, id, date and place. */
  readonly about: Partial<WarcEntry>;
}

/** A UUID of version 8 (RFC 9562 §5.8) from what the record says and where, so that nothing about a file is left to chance. */
export function recordId(draft: RecordDraft, place: number): string {
  const said = JSON.stringify([place, draft.type, draft.date, draft.headers, draft.blockDigest]);
  const bytes = createHash("sha256").update(said).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `<urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}>`;
}

/** Writes one record; returns the length of its gzip member. */
export async function writeRecord(
  file: PendingFile,
  draft: RecordDraft,
  id: string,
  more: readonly Header[],
): Promise<number> {
  const headers = new WarcHeaders([
    ["WARC-Type", draft.type],
    ["WARC-Record-ID", id],
    ["WARC-Date", draft.date],
    ...(draft.headers as [string, string][]),
    ...(more as [string, string][]),
    ["WARC-Block-Digest", draft.blockDigest],
    ["Content-Type", draft.contentType],
  ]);
  const warcHeaders = new StatusAndHeaders({ statusline: "WARC/1.1", headers });
  // The block is given whole, head included: parsed into warcio's map, headers would lose their order and duplicates.
  const record = new WARCRecord({ warcHeaders, reader: draft.block() });
  const serializer = new Serializer(record, { gzip: true }, new Reread(draft.block));
  let length = 0;
  for await (const chunk of serializer as AsyncIterable<Uint8Array>) {
    await file.write(chunk);
    length += chunk.length;
  }
  return length;
}

/** warcio parts values at ",,," to repeat a header; an address may hold that text, so only what may repeat is parted. */
class WarcHeaders extends HeadersMultiMap {
  override isMultiValue(name: string, value: string): boolean {
    return name === "WARC-Protocol" && super.isMultiValue(name, value);
  }
}

/** The digests are given; warcio would take a whole block for its payload, not having parsed the head. */
class Serializer extends WARCSerializer {
  override async newHasher(): Promise<null> {
    return null;
  }
}

/** warcio reads a block once to measure it and once to write it; instead of keeping it, we read it again. */
class Reread extends BaseSerializerBuffer {
  readonly #block: Bytes;

  constructor(block: Bytes) {
    super();
    this.#block = block;
  }

  write(): void {}

  async *readAll(): AsyncGenerator<Uint8Array> {
    yield* this.#block();
  }

  purge(): void {}
}
