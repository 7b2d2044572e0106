/**
 * A small conformance run on loopback: does this browser's network log hold every byte that crosses the wire? Pages are
 * captured as any are; what was recorded is held against what the servers wrote down.
 */
import { createHash, X509Certificate } from "node:crypto";
import { DEFAULT_BOUNDS } from "../capture/browser/bounds.ts";
import type { Browser } from "../capture/browser/browser.ts";
import { type PageWithBytes, recordWithBytes } from "../capture/byte-record.ts";
import { openGate } from "../capture/gate/gate.ts";
import type { Exchange } from "../capture/netlog/exchange.ts";
import { openScratch, removeScratch } from "../capture/scratch.ts";
import { systemClock } from "../lib/clock.ts";
import { PlacardError } from "../lib/error.ts";
import { whole } from "../lib/pieces.ts";
import { type KeyPair, makeCertificate } from "../sample/conformance/certificate.ts";
import { compare, noFigures, type Recorded } from "../sample/conformance/compare.ts";
import { serveHttp1 } from "../sample/conformance/http1-server.ts";
import { serveHttp2 } from "../sample/conformance/http2-server.ts";
import { type Answering, answering, type ConformanceServer } from "../sample/conformance/served.ts";
import { CONFORMANCE_PAGES } from "../sample/conformance/site.ts";

export interface BrowserTrial {
  readonly version: string;
  readonly sandbox: boolean;
  /** Requests the servers saw. */
  readonly requests: number;
  /** What of them the record lacks or changes; empty where it holds every byte. */
  readonly wrong: readonly string[];
}

export interface TrialOptions {
  readonly scratchFolder: string;
  readonly onProgress?: (step: string) => void;
}

/** Codings, chunks and redirects; who asks besides the page. What lasts or waits is left to the tests. */
const PAGES = ["codings", "redirects", "frames", "service-worker"];

/** Throws `no_browser`, `storage`, and `not_captured` where a page could not be opened at all. */
export async function tryBrowser(browser: Browser, options: TrialOptions): Promise<BrowserTrial> {
  // Each server has its own, so that a certificate of another connection is seen to be one.
  const keys = [await makeCertificate(), await makeCertificate()] as const;
  const trusted = trusting(browser, ...keys.map(({ cert }) => cert));
  const figures = noFigures();
  let tried = { version: "", sandbox: false };
  for (const [protocol, serve] of PROTOCOLS) {
    for (const page of PAGES) {
      options.onProgress?.(`trying the browser over ${protocol}: ${page}`);
      await using stack = new AsyncDisposableStack();
      const servers = await serve(stack, keys);
      const url = `${servers[0].origin}/${page}/`;
      const { version, sandbox, recorded } = await visit(trusted, url, options.scratchFolder);
      if (recorded === undefined) {
        return { version, sandbox, requests: figures.seen, wrong: [`${protocol}: the log cannot be read`] };
      }
      compare(
        servers.flatMap(({ served }) => served),
        recorded,
        figures,
        CONFORMANCE_PAGES,
      );
      tried = { version, sandbox };
    }
  }
  return { ...tried, requests: figures.seen, wrong: figures.wrong };
}

/** The browser, told to trust the keys of `certificates` (PEM) besides the authorities it knows. */
export function trusting(browser: Browser, ...certificates: readonly Buffer[]): Browser {
  const list = certificates.map((certificate) => {
    const spki = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "der" });
    return createHash("sha256").update(spki).digest("base64");
  });
  return { ...browser, args: [...(browser.args ?? []), `--ignore-certificate-errors-spki-list=${list.join()}`] };
}

type Servers = readonly [ConformanceServer, ...ConformanceServer[]];

/** The pages, which are led to `other` for what is of another site. */
const pagesBeside =
  (other: string) =>
  (origin: string): Answering =>
    answering(CONFORMANCE_PAGES, { origin, other: other || origin, sockets: "" });

async function servePlain(stack: AsyncDisposableStack): Promise<Servers> {
  const other = stack.use(await serveHttp1(pagesBeside(""), { host: "localhost" }));
  return [stack.use(await serveHttp1(pagesBeside(other.origin))), other];
}

async function serveSecure(stack: AsyncDisposableStack, [keys, others]: readonly [KeyPair, KeyPair]): Promise<Servers> {
  const other = stack.use(await serveHttp2(pagesBeside(""), { keys: others, host: "127.0.0.1" }));
  return [stack.use(await serveHttp2(pagesBeside(other.origin), { keys })), other];
}

const PROTOCOLS = [
  ["HTTP/1.1", servePlain],
  ["HTTP/2 with TLS", serveSecure],
] as const;

interface Visit {
  readonly version: string;
  readonly sandbox: boolean;
  /** From the network log; undefined where that cannot be read. */
  readonly recorded: readonly Recorded[] | undefined;
}

async function visit(browser: Browser, url: string, scratchFolder: string): Promise<Visit> {
  const folder = await openScratch(scratchFolder);
  try {
    // Whatever else a page asked for would be a name of somebody's.
    await using gate = await openGate({ mayReach: () => true, resolve: async () => ["127.0.0.1"] });
    const session = {
      // Whatever was said of it before.
      browser: { ...browser, unfitVersions: [] },
      folder,
      gate,
      clock: systemClock,
      bounds: DEFAULT_BOUNDS,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    };
    const done = await recordWithBytes(new URL(url), session, { judge: () => undefined, use: readVisit });
    if ("outcome" in done) throw new PlacardError("not_captured", `The trial did not come about: ${done.reason}`);
    return done;
  } finally {
    await removeScratch(folder);
  }
}

async function readVisit({ log, byteRecord, page }: PageWithBytes): Promise<Visit> {
  const sent = log.exchanges.filter(({ requestHead }) => requestHead.length > 0);
  const recorded = byteRecord === "network-log" ? await Promise.all(sent.map(asRecorded)) : undefined;
  return { ...page.browser, recorded };
}

async function asRecorded(exchange: Exchange): Promise<Recorded> {
  const { url, method, protocol, requestHead, responseHead, truncated } = exchange;
  const response = { head: Buffer.from(responseHead), body: await whole(exchange.responseBody.chunks()), truncated };
  return {
    url,
    method,
    protocol,
    requestHead: Buffer.from(requestHead),
    requestBody: await whole(exchange.requestBody.chunks()),
    ...(exchange.tls === undefined ? {} : { chain: exchange.tls.chain }),
    ...(responseHead.length === 0 ? {} : { response }),
  };
}
