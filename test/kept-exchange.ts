/** A recorded exchange with a given answer, as a network log would give it. */
import type { Exchange, Header } from "../src/capture/netlog/exchange.ts";
import { composeHead } from "../src/capture/netlog/head.ts";
import { spoiledBody } from "./spoiled.ts";

/** Short enough that most bodies come in several. */
const PIECE = 1000;

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
    requestBody: spoiledBody(new Uint8Array()),
    status,
    statusText: "",
    responseHead: composeHead(`HTTP/1.1 ${status} `, responseHeaders),
    responseHeaders,
    responseBody: spoiledBody(body, PIECE),
    form: "wire",
    truncated: false,
    ...changes,
  };
}
