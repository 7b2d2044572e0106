/** The conformance site on loopback: plainly over HTTP/1.1, or over HTTP/2 with TLS. */
import type { KeyPair } from "../../src/sample/conformance/certificate.ts";
import { serveHttp1 } from "../../src/sample/conformance/http1-server.ts";
import { serveHttp2 } from "../../src/sample/conformance/http2-server.ts";
import { answering, type ConformanceServer } from "../../src/sample/conformance/served.ts";
import { CONFORMANCE_PAGES } from "../../src/sample/conformance/site.ts";

export interface Site {
  readonly main: ConformanceServer;
  /** All servers of the site, `main` among them. */
  readonly servers: readonly ConformanceServer[];
}

const plainly = (origin: string) => answering(CONFORMANCE_PAGES, { origin, other: origin, sockets: "" });

/** The servers end with `stack`. */
export async function servePlain(stack: AsyncDisposableStack): Promise<Site> {
  const other = stack.use(await serveHttp1(plainly, { host: "localhost" }));
  const main = stack.use(
    await serveHttp1((origin) =>
      answering(CONFORMANCE_PAGES, { origin, other: other.origin, sockets: origin.replace("http", "ws") }),
    ),
  );
  return { main, servers: [main, other] };
}

/** Of each server its own, so that a certificate of another connection is seen to be one. */
export type SiteKeys = Readonly<Record<"main" | "other" | "talking", KeyPair>>;

export async function serveSecure(stack: AsyncDisposableStack, keys: SiteKeys): Promise<Site> {
  const other = stack.use(await serveHttp2(plainly, { keys: keys.other, host: "127.0.0.1" }));
  // Browsers open WebSockets over HTTP/1.1 unless a server offers otherwise.
  const talking = stack.use(await serveHttp1(plainly, { keys: keys.talking, host: "localhost" }));
  const sockets = talking.origin.replace("http", "ws");
  const main = stack.use(
    await serveHttp2((origin) => answering(CONFORMANCE_PAGES, { origin, other: other.origin, sockets }), {
      keys: keys.main,
    }),
  );
  return { main, servers: [main, other, talking] };
}
