import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { utf8 } from "../../lib/bytes.ts";
import { openPending } from "../../lib/durable.ts";
import { copied } from "../../lib/pieces.ts";
import { entityOf, isTransferCoded } from "../netlog/entity.ts";
import type { Exchange, Header, SpooledBytes } from "../netlog/exchange.ts";
import { composeHead, valuesOf } from "../netlog/head.ts";
import { type FindEarlier, revisited } from "../recapture/revisit.ts";
import { cameBy, chainOf, draftCertificates } from "./certificates.ts";
import { lookupOf } from "./lookup.ts";
import { HELD_BYTES, inMemory, type RecordDraft, recordId, startRecord, type WarcEntry } from "./warc-record.ts";

export interface WarcOptions {
  /** For the warcinfo record: "Placard 0.1.0". */
  readonly software: string;
  /** Milliseconds since 1970 for the warcinfo record. */
  readonly createdAt: number;
  /** More warcinfo fields, in order. Values of one line each. */
  readonly info?: Readonly<Record<string, string>>;
  /** Finds a payload that an earlier archive holds already: it is not written again. */
  readonly earlier?: FindEarlier;
}

export interface WarcSummary {
  readonly entries: readonly WarcEntry[];
  /** Length of the file in bytes. */
  readonly bytes: number;
}

/**
 * Writes exchanges as WARC 1.1 (ISO 28500:2017), a gzip member a record: warcinfo, then for each exchange its request
 * and, where one came, its response; of a WebSocket also its messages, and before the first exchange that came by them a server's
 * certificates, as metadata. Of an exchange that never reached the wire nothing is written. The same exchanges and options give the same bytes. The file appears whole or not at all. Throws `storage`.
 */
export async function writeWarc(
  exchanges: Iterable<Exchange> | AsyncIterable<Exchange>,
  path: string,
  options: WarcOptions,
): Promise<WarcSummary> {
  const file = await openPending(dirname(path), { mode: 0o600, scratch: true });
  try {
    const entries: WarcEntry[] = [];
    let offset = 0;
    let place = 0;
    let writing = Promise.resolve();
    // While one record is compressed the next is read: two threads instead of one.
    const add = async (draft: RecordDraft, id: string, more: readonly Header[] = []): Promise<void> => {
      place += 1;
      const write = await startRecord(draft, id, more);
      await writing;
      writing = write(file).then((length) => {
        entries.push({ type: draft.type, id, date: draft.date, offset, length, ...draft.about });
        offset += length;
      });
      writing.catch(() => undefined);
    };
    const info = draftInfo(options);
    const infoId = recordId(info, 0);
    await add(info, infoId);
    const chains = new Map<string, string>();
    for await (const spooled of exchanges) {
      const exchange = await readOnce(spooled);
      const chain = chainOf(exchange);
      if (chain !== undefined && !chains.has(chain)) {
        const certificates = draftCertificates(exchange);
        const id = recordId(certificates, place);
        chains.set(chain, id);
        await add(certificates, id, links(infoId, undefined));
      }
      const by = cameBy(chains.get(chain ?? ""));
      const request = exchange.requestHead.length === 0 ? undefined : await draftRequest(exchange);
      const response = exchange.responseHead.length === 0 ? undefined : await draftAnswer(exchange, options.earlier);
      const requestId = request && recordId(request, place);
      const responseId = response && recordId(response, place + 1);
      if (request && requestId) await add(request, requestId, [...links(infoId, responseId), ...by]);
      if (response && responseId) await add(response, responseId, [...links(infoId, undefined), ...by]);
      if (exchange.messages === undefined) continue;
      const messages = await draftMessages(exchange);
      await add(messages, recordId(messages, place), links(infoId, responseId));
    }
    await writing;
    await file.commit(path);
    return { entries, bytes: offset };
  } finally {
    await file.discard();
  }
}

/** Bodies are digested before they are written: short ones are read from the disk once for both. */
async function readOnce(exchange: Exchange): Promise<Exchange> {
  const [requestBody, responseBody] = [await held(exchange.requestBody), await held(exchange.responseBody)];
  return { ...exchange, requestBody, responseBody };
}

async function held(bytes: SpooledBytes): Promise<SpooledBytes> {
  if (bytes.length > HELD_BYTES) return bytes;
  const pieces: Uint8Array[] = [];
  for await (const piece of copied(bytes.chunks())) pieces.push(piece);
  return {
    length: bytes.length,
    async *chunks() {
      yield* pieces;
    },
  };
}

export function links(infoId: string, other: string | undefined): readonly Header[] {
  const concurrent: Header[] = other === undefined ? [] : [["WARC-Concurrent-To", other]];
  return [...concurrent, ["WARC-Warcinfo-ID", infoId]];
}

export function draftInfo(options: WarcOptions): RecordDraft {
  const fields: readonly Header[] = [
    ["software", options.software],
    ["format", "WARC File Format 1.1"],
    ["conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"],
    ...Object.entries(options.info ?? {}),
  ];
  const block = utf8(fields.map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, " ")}\r\n`).join(""));
  return {
    type: "warcinfo",
    date: new Date(options.createdAt).toISOString(),
    contentType: "application/warc-fields",
    headers: [],
    head: new Uint8Array(),
    body: inMemory(block),
    blockDigest: `sha256:${createHash("sha256").update(block).digest("hex")}`,
    about: {},
  };
}

export async function draftRequest(exchange: Exchange): Promise<RecordDraft> {
  const { requestHead, requestBody } = exchange;
  const [blockDigest, payloadDigest] = await digestsOf(requestHead, requestBody);
  return {
    type: "request",
    date: new Date(exchange.startedAt).toISOString(),
    contentType: "application/http; msgtype=request",
    headers: [...wireHeaders(exchange), ...payloadHeader(exchange.url, payloadDigest)],
    head: requestHead,
    body: requestBody,
    blockDigest,
    about: { url: exchange.url, method: exchange.method, payloadDigest },
  };
}

async function draftAnswer(exchange: Exchange, earlier: FindEarlier | undefined): Promise<RecordDraft> {
  return revisited(await draftResponse(exchange), exchange, earlier);
}

export async function draftResponse(exchange: Exchange): Promise<RecordDraft> {
  const head = storedHead(exchange);
  const [blockDigest, bodyDigest] = await digestsOf(head, exchange.responseBody);
  const transferCoded = isTransferCoded(exchange);
  const headers: Header[] = [...wireHeaders(exchange)];
  // Of a transfer-coded body the standard digests what is left when the coding is removed, and the checkers most in use
  // do not remove it. A digest that one of them calls wrong is worse than none: the block digest covers every byte.
  if (!transferCoded) headers.push(...payloadHeader(exchange.url, bodyDigest));
  if (exchange.truncated) headers.push(["WARC-Truncated", truncationOf(exchange)]);
  const lookup = await lookupOf(exchange);
  const [mime] = valuesOf(exchange.responseHeaders, "content-type");
  return {
    type: "response",
    date: new Date(exchange.startedAt).toISOString(),
    contentType: "application/http; msgtype=response",
    headers,
    head,
    body: exchange.responseBody,
    blockDigest,
    about: {
      url: exchange.url,
      method: exchange.method,
      status: exchange.status,
      ...(mime === undefined ? {} : { mime: (mime.split(";")[0] as string).trim().toLowerCase() }),
      payloadDigest: transferCoded ? await digestOf(entityOf(exchange)) : bodyDigest,
      truncated: exchange.truncated,
      ...(lookup === undefined ? {} : { lookup }),
    },
  };
}

/** Beside the handshake, so that replay, which looks up responses, does not come upon it (WARC 1.1 §6.7). */
export async function draftMessages({ url, finishedAt, messages }: Exchange): Promise<RecordDraft> {
  if (messages === undefined) throw new Error("This exchange said nothing over a WebSocket.");
  return {
    type: "metadata",
    date: new Date(finishedAt).toISOString(),
    contentType: "application/x-ndjson",
    headers: [["WARC-Target-URI", url]],
    head: new Uint8Array(),
    body: messages,
    blockDigest: await digestOf(messages.chunks()),
    about: { url },
  };
}

/** WARC 1.1 §6.3.2 defines a payload for http and https only, not for the handshake of a WebSocket. */
function payloadHeader(url: string, digest: string): readonly Header[] {
  return /^https?:/.test(url) ? [["WARC-Payload-Digest", digest]] : [];
}

/** WARC-Protocol and WARC-Cipher-Suite are fields beyond 1.1 in common use (iipc/warc-specifications 42 and 86). */
function wireHeaders(exchange: Exchange): readonly Header[] {
  const headers: Header[] = [["WARC-Target-URI", exchange.url]];
  if (exchange.server !== undefined) headers.push(["WARC-IP-Address", exchange.server.address]);
  headers.push(["WARC-Protocol", exchange.protocol]);
  if (exchange.tls !== undefined) {
    headers.push(["WARC-Protocol", exchange.tls.version], ["WARC-Cipher-Suite", exchange.tls.cipher]);
  }
  return headers;
}

/** Where the transfer coding is gone but its header is not, readers would undo it twice; pywb renames the header, and so do we. */
function storedHead(exchange: Exchange): Uint8Array {
  if (exchange.form === "wire" || valuesOf(exchange.responseHeaders, "transfer-encoding").length === 0) {
    return exchange.responseHead;
  }
  const headers = exchange.responseHeaders.map(
    ([name, value]): Header => [name.toLowerCase() === "transfer-encoding" ? `X-Archive-Orig-${name}` : name, value],
  );
  return composeHead(`HTTP/1.1 ${exchange.status} ${exchange.statusText}`, headers);
}

/** The reasons WARC 1.1 §5.13 knows. That the browser itself stopped (`ERR_ABORTED`, or no error at all) is none of them. */
function truncationOf({ error }: Exchange): string {
  return error === undefined || error === "ERR_ABORTED" ? "unspecified" : "disconnect";
}

/** Digests of the block (head and body) and of the body alone, read once. */
async function digestsOf(head: Uint8Array, body: SpooledBytes): Promise<readonly [block: string, body: string]> {
  const block = createHash("sha256").update(head);
  const alone = createHash("sha256");
  for await (const chunk of body.chunks()) {
    block.update(chunk);
    alone.update(chunk);
  }
  return [`sha256:${block.digest("hex")}`, `sha256:${alone.digest("hex")}`];
}

async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of bytes) hash.update(chunk);
  return `sha256:${hash.digest("hex")}`;
}
