/** One exchange as it may be shared. */

import { isTransferCoded } from "../netlog/entity.ts";
import type { Exchange, Header, SpooledBytes } from "../netlog/exchange.ts";
import { composeHead, parseHead } from "../netlog/head.ts";
import type { Spool } from "../netlog/spool.ts";
import { REMOVED_HEADER, withoutCredentials } from "./credential-headers.ts";
import { codingsOf } from "./decoded.ts";
import type { Search } from "./search.ts";
import { MARKER } from "./secret.ts";
import { leftOut, type SharedBody, shareBody, shareMessages } from "./shared-body.ts";

/** What was taken out of one record. */
export interface Removed {
  /** Names of headers, lower case. */
  readonly headers: readonly string[];
  /** Values found elsewhere: in the address, the head, the body. */
  readonly values: number;
  /** Whether the body is another than was received, or is gone. */
  readonly body: "kept" | "changed" | "left out";
}

export interface SharedExchange {
  readonly exchange: Exchange;
  /** Undefined where the record stays as it is, byte for byte. */
  readonly request: Removed | undefined;
  readonly response: Removed | undefined;
  readonly messages: Removed | undefined;
}

/** Headers of a body's form on the wire, which it has no more, and of digests over what it was. */
const OF_THE_BODY = /^(?:content-encoding|transfer-encoding|content-length|trailer)$/i;
const OVER_THE_BODY = /^(?:content-md5|digest|content-digest|repr-digest|etag|x-goog-hash|x-amz-checksum-.*)$/i;

interface Side {
  readonly head: Uint8Array;
  readonly headers: readonly Header[];
  readonly body: SpooledBytes;
  readonly removed: Removed | undefined;
}

/** Without `search` only credential headers are taken out. Bodies that change are written into `spool`. Throws `storage`. */
export async function shareExchange(
  exchange: Exchange,
  search: Search | undefined,
  spool: Spool,
): Promise<SharedExchange> {
  let inAddress = 0;
  const clean = (text: string): string =>
    search === undefined ? text : search.removeFromText(text, () => inAddress++);
  const url = clean(exchange.url);
  const request = await shareSide(
    exchange,
    exchange.requestHead,
    exchange.requestHeaders,
    exchange.requestBody,
    false,
    search,
    spool,
  );
  const response = await shareSide(
    exchange,
    exchange.responseHead,
    exchange.responseHeaders,
    exchange.responseBody,
    isTransferCoded(exchange),
    search,
    spool,
  );
  const messages = exchange.messages && search && (await shareMessages(exchange.messages, search, spool));
  const moved = inAddress > 0;
  return {
    exchange: {
      ...exchange,
      url,
      requestHead: request.head,
      requestHeaders: request.headers,
      requestBody: request.body,
      responseHead: response.head,
      responseHeaders: response.headers,
      responseBody: response.body,
      ...(messages === undefined ? {} : { messages: messages.body }),
    },
    request: withAddress(request.removed, moved),
    response: withAddress(response.removed, moved),
    messages: exchange.messages && withAddress(messages && removedOf([], 0, messages), moved),
  };
}

/** The address of a record stands in its own headers, too. */
function withAddress(removed: Removed | undefined, moved: boolean): Removed | undefined {
  if (!moved) return removed;
  return { headers: [], body: "kept", ...removed, values: (removed?.values ?? 0) + 1 };
}

async function shareSide(
  exchange: Exchange,
  head: Uint8Array,
  headers: readonly Header[],
  body: SpooledBytes,
  chunked: boolean,
  search: Search | undefined,
  spool: Spool,
): Promise<Side> {
  const bare = withoutCredentials(head);
  let values = 0;
  const clean = search?.removeFromBytes(bare.head, () => values++) ?? bare.head;
  const shared = search && (await shareAnyBody(exchange, { headers, body, chunked }, search, spool));
  const removed = removedOf(bare.removed, values, shared);
  if (removed === undefined) return { head, headers, body, removed };
  const parsed = parseHead(clean);
  if (shared === undefined) return { head: clean, headers: parsed.headers, body, removed };
  const reframed = withLength(parsed.headers, shared.body.length);
  return { head: composeHead(parsed.firstLine, reframed), headers: reframed, body: shared.body, removed };
}

/** A tunnel's bytes (RFC 8441) are masked frames of whatever was said. */
async function shareAnyBody(
  { method, messages }: Exchange,
  coded: Parameters<typeof shareBody>[0],
  search: Search,
  spool: Spool,
): Promise<SharedBody | undefined> {
  if (method === "CONNECT" && messages === undefined) return coded.body.length === 0 ? undefined : leftOut(spool);
  return shareBody(coded, search, spool);
}

function removedOf(headers: readonly string[], values: number, shared: SharedBody | undefined): Removed | undefined {
  if (headers.length === 0 && values === 0 && shared === undefined) return undefined;
  const inBody = shared === undefined || shared.removed === "all" ? 0 : shared.removed;
  const body = shared === undefined ? "kept" : shared.removed === "all" ? "left out" : "changed";
  return { headers, values: values + inBody, body };
}

/** The body stands there decoded, and as long as it is now. */
function withLength(headers: readonly Header[], length: number): readonly Header[] {
  const coded = codingsOf(headers).length > 0;
  const others = headers.flatMap(([name, value]): Header[] => {
    if (OVER_THE_BODY.test(name)) return [[`${REMOVED_HEADER}${name}`, MARKER]];
    if (!OF_THE_BODY.test(name)) return [[name, value]];
    return !coded && /^content-encoding$/i.test(name) ? [[name, value]] : [[`X-Archive-Orig-${name}`, value]];
  });
  return [...others, ["Content-Length", String(length)]];
}
