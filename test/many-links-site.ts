/** Many small pages on several hosts (ports of loopback), each of which notes who was there when. All of it is invented. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Visit {
  readonly path: string;
  /** As performance.now; `end` when the answer was sent. */
  readonly start: number;
  readonly end: number;
}

export interface ManyLinks extends AsyncDisposable {
  /** `count` links, dealt out over the hosts in turn. */
  links(count: number): readonly string[];
  /** By host: visits of pages, in order. */
  readonly visits: ReadonlyMap<string, Visit[]>;
  /** The most pages of one host that were being answered at once. */
  readonly mostAtOnce: number;
}

/** Milliseconds a page takes to answer: long enough for two to meet. */
const ANSWER_TIME = 30;

export async function startManyLinks(hosts: number): Promise<ManyLinks> {
  const visits = new Map<string, Visit[]>();
  let mostAtOnce = 0;
  const servers: Server[] = [];
  for (let i = 0; i < hosts; i++) {
    let now = 0;
    const server = createServer((request, response) => {
      const path = request.url ?? "/";
      const [, number = ""] = /^\/note\/(\d+)$/.exec(path) ?? [];
      if (number === "") return void response.writeHead(404).end();
      const start = performance.now();
      mostAtOnce = Math.max(mostAtOnce, ++now);
      setTimeout(() => {
        now--;
        const host = request.headers.host ?? "";
        visits.set(host, [...(visits.get(host) ?? []), { path, start, end: performance.now() }]);
        // Every tenth is gone, so that one link that fails is nothing rare.
        const isGone = Number(number) % 10 === 9;
        response.writeHead(isGone ? 410 : 200, {
          "content-type": "text/html; charset=utf-8",
          "cache-control": "no-store",
        });
        response.end(
          `<!doctype html><title>Note ${number}</title><link rel="icon" href="data:,"><p>Lantern note number ${number} of Hollow Lane.</p>`,
        );
      }, ANSWER_TIME);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    servers.push(server);
  }
  const origins = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    links: (count) => Array.from({ length: count }, (_, i) => `${origins[i % hosts]}/note/${i}`),
    visits,
    get mostAtOnce() {
      return mostAtOnce;
    },
    [Symbol.asyncDispose]: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}
