/**
 * In the place of a payload that an earlier archive holds, a revisit record that says where (WARC 1.1 §6.7.2, profile
 * identical-payload-digest). The head of the answer is new, and is kept whole.
 */
import { createHash } from "node:crypto";
import { inMemory, type RecordDraft } from "../archive/warc-record.ts";
import { isTransferCoded } from "../netlog/entity.ts";
import type { Exchange, Header } from "../netlog/exchange.ts";
import { chunkSizes } from "./chunk-sizes.ts";

/** The record that has the payload. */
export interface EarlierRecord {
  /** `<urn:uuid:…>` */
  readonly id: string;
  readonly url: string;
  /** Its WARC-Date. */
  readonly date: string;
  /** Where its gzip member lies in the archive. */
  readonly from: number;
  readonly bytes: number;
  /** Whether the payload lies there in chunks. */
  readonly isTransferCoded: boolean;
}

/** `digest`: "sha256:<hex>" of a payload. */
export type FindEarlier = (digest: string) => Promise<EarlierRecord | undefined>;

/** An archive that was sealed before. */
export interface Earlier {
  readonly archive: Blob;
  readonly find: FindEarlier;
  /** Whether it is not handed out, since there is one made for sharing in its place. */
  readonly isHeldBack: boolean;
}

const PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
/** What a revisit itself takes up, and more. */
const SHORTEST_PAYLOAD = 1024;
/** "fff*12 3a0 0": the sizes of chunks as they were written, `*` how many in a row; over several fields where there are many. */
const CHUNKS = "WARC-Placard-Chunks";

/**
 * The record to write for a response. The page's own document is always kept whole, so that an archive alone shows what it
 * is about; so is what is short, was cut, or answers anything but a plain GET with success. Of a payload in chunks, which may be cut in others each
 * time, the record says how they were cut: every byte that came can be told from it.
 */
export async function revisited(
  draft: RecordDraft,
  exchange: Exchange,
  find: FindEarlier | undefined,
): Promise<RecordDraft> {
  const { payloadDigest } = draft.about;
  if (find === undefined || payloadDigest === undefined || !mayRevisit(exchange)) return draft;
  const earlier = await find(payloadDigest);
  if (earlier === undefined || earlier.isTransferCoded !== isTransferCoded(exchange)) return draft;
  const chunks = earlier.isTransferCoded ? await chunkSizes(exchange.responseBody, draft) : [];
  if (chunks === undefined) return draft;
  const headers: readonly Header[] = [
    ...draft.headers,
    ["WARC-Profile", PROFILE],
    ["WARC-Refers-To", earlier.id],
    ["WARC-Refers-To-Target-URI", earlier.url],
    ["WARC-Refers-To-Date", earlier.date],
    ...(earlier.isTransferCoded ? [["WARC-Payload-Digest", payloadDigest] as const] : []),
    ...chunks.map((sizes): Header => [CHUNKS, sizes]),
  ];
  return {
    ...draft,
    type: "revisit",
    headers,
    body: inMemory(new Uint8Array()),
    blockDigest: `sha256:${createHash("sha256").update(draft.head).digest("hex")}`,
    about: { ...draft.about, mime: "warc/revisit" },
  };
}

function mayRevisit(exchange: Exchange): boolean {
  const { url, method, status, mainFrame, truncated, responseBody } = exchange;
  return (
    /^https?:/.test(url) &&
    method === "GET" &&
    status === 200 &&
    !mainFrame &&
    !truncated &&
    responseBody.length >= SHORTEST_PAYLOAD
  );
}
