/** HTTP/2's header lists in the form a WARC record has room for: HTTP/1.1's. */
import type { Header } from "./exchange.ts";
import { composeHead, parseStatusLine, type StatusLine } from "./head.ts";
import { headersOf } from "./params.ts";

export interface RequestFields {
  readonly requestHeaders: readonly Header[];
  readonly requestHead: Uint8Array;
}

export interface ResponseFields {
  readonly responseHeaders: readonly Header[];
  readonly responseHead: Uint8Array;
  readonly statusLine: StatusLine | undefined;
}

/** The pseudo-headers become a request line and `host`, as WARC practice has it; nothing else is changed. */
export function http2Request(lines: readonly string[]): RequestFields {
  const all = headersOf(lines);
  const pseudo = new Map(all.filter(([name]) => name.startsWith(":")));
  const headers = all.filter(([name]) => !name.startsWith(":"));
  const authority = pseudo.get(":authority");
  if (authority !== undefined) headers.unshift(["host", authority]);
  const firstLine = `${pseudo.get(":method") ?? "GET"} ${pseudo.get(":path") ?? "/"} HTTP/1.1`;
  return { requestHeaders: headers, requestHead: composeHead(firstLine, headers) };
}

/** The response of a header list; undefined for an interim one (1xx) and for trailers. */
export function http2Response(lines: readonly string[]): ResponseFields | undefined {
  const all = headersOf(lines);
  const status = all.find(([name]) => name === ":status")?.[1] ?? "";
  if (!/^[2-9]\d\d$/.test(status)) return undefined;
  const firstLine = `HTTP/1.1 ${status} `;
  const headers = all.filter(([name]) => !name.startsWith(":"));
  return {
    responseHeaders: headers,
    responseHead: composeHead(firstLine, headers),
    statusLine: parseStatusLine(firstLine),
  };
}
