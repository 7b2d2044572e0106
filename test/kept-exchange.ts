/** A recorded exchange with a given answer, as a network log would give it. */
import type { Exchange, Header, SpooledBytes } from "../src/capture/netlog/exchange.ts";
import { composeHead } from "../src/capture/netlog/head.ts";

function kept(bytes: Uint8Array): SpooledBytes {
  return {
    length: bytes.length,
    chunks: async function* () {
      for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
    },
  };
}

export function keptExchange(url: string, body: Uint8Array, changes: Partial<Exchange> = {}): Exchange {
  const requestHeaders: readonly Header[] = [["Host", new URL(url).host]];
  const { status = 200, responseHeaders = [] } = changes;
  return {
    url,
    method: "GET",
    protocol: "http/1.1",
    mainFrame: false,
    startedAt: Date.UTC(2026, 2, 1),
    finishedAt: Date.UTC(2026, 2, 1) + 50,
    requestHead: composeHead(`GET ${new URL(url).pathname} HTTP/1.1`, requestHeaders),
    requestHeaders,
    requestBody: kept(new Uint8Array()),
    status,
    statusText: "",
    responseHead: composeHead(`HTTP/1.1 ${status} `, responseHeaders),
    responseHeaders,
    responseBody: kept(body),
    form: "wire",
    truncated: false,
    ...changes,
  };
}
