/** Pages made to harm whoever captures them, and what must come of each. Served from loopback; each is made by us. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Transform, Writable } from "node:stream";
import { constants, createBrotliCompress, createGzip, createZstdCompress } from "node:zlib";
import { SCRIPTED } from "./hostile-scripts.ts";

export interface HostilePage {
  /** All that may come of it: "sealed", or the causes for which it is not captured. Several only where the machine's pace decides which bound is met first, or whether any. */
  readonly outcomes: readonly string[];
  /** Asked in the ordinary run too, not only in the deep one. */
  readonly quick?: true;
  /** What the sealed page must say, where it is sealed: that here stands a post, unless told. */
  readonly says?: RegExp;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
}

const HTML = { "content-type": "text/html; charset=utf-8" };

export function document(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"></head><body><p>Here stands a post.</p>${body}</body></html>`;
}

const page =
  (title: string, body: string): HostilePage["answer"] =>
  (_, response) =>
    void response.writeHead(200, HTML).end(document(title, body));

/** As much as is taken, for as long as it is taken. */
function pour(to: Writable, chunk: Uint8Array): void {
  const more = (): void => {
    while (to.writable && to.write(chunk));
  };
  to.on("drain", more).on("error", () => undefined);
  more();
}

const streamed =
  (body: string): HostilePage["answer"] =>
  (_, response) => {
    response.writeHead(200, HTML);
    response.write("<!doctype html><title>Endless</title><p>Here stands a post.</p>");
    pour(response, Buffer.from(body.repeat(2000)));
  };

/** Without end the same, a thousandth of that or less on the wire. */
const bomb =
  (coding: string, packer: () => Transform): HostilePage["answer"] =>
  (_, response) => {
    response.writeHead(200, { ...HTML, "content-encoding": coding });
    const packed = packer();
    packed.pipe(response);
    response.on("close", () => packed.destroy());
    pour(packed, Buffer.alloc(1 << 20, "<p>More."));
  };

/** Pages whose harm is in how they are served. */
const SERVED: Readonly<Record<string, HostilePage>> = {
  "/to-file": {
    outcomes: ["unreachable"],
    quick: true,
    answer: (_, response) => void response.writeHead(302, { location: "file:///etc/passwd" }).end(),
  },
  "/to-data": {
    outcomes: ["unreachable"],
    answer: (_, response) => void response.writeHead(302, { location: "data:text/html,<p>A made-up post.</p>" }).end(),
  },
  "/endless-redirects": {
    outcomes: ["unreachable"],
    answer: (_, response) => void response.writeHead(302, { location: `/endless-redirects?${Math.random()}` }).end(),
  },
  "/endless-headers": {
    outcomes: ["unreachable"],
    answer: ({ socket }) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      pour(socket, Buffer.from(`x-more: ${"a".repeat(8000)}\r\n`.repeat(10)));
    },
  },
  "/endless-document": { outcomes: ["too_large", "timeout"], answer: streamed("<p>And on it goes.</p>") },
  "/endless-line": { outcomes: ["too_large", "timeout"], answer: streamed("andonitgoes".repeat(10)) },
  "/silent-part": {
    outcomes: ["sealed"],
    answer: page("Silent", `<img src="/silence" alt="" width="50" height="50">`),
  },
  "/silence": { outcomes: ["timeout"], answer: () => undefined },
  "/gzip-bomb": {
    outcomes: ["too_large", "timeout"],
    quick: true,
    answer: bomb("gzip", () => createGzip({ level: 9 })),
  },
  "/brotli-bomb": {
    outcomes: ["too_large", "timeout"],
    answer: bomb("br", () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
  },
  "/zstd-bomb": { outcomes: ["too_large", "timeout"], answer: bomb("zstd", createZstdCompress) },
  "/gzip-bomb-part": {
    // A fetch that a script began is not waited for without end; it is then in the archive as cut short.
    outcomes: ["sealed", "too_large"],
    answer: page(
      "Bomb",
      `<script>fetch("/gzip-bomb").then(async (answer) => { await answer.text(); }).catch((error) => document.body.append("Failed: " + error))</script>`,
    ),
  },
  "/reloads": {
    outcomes: ["keeps_moving"],
    quick: true,
    answer: page("Reloads", "<script>location.reload()</script>"),
  },
  "/refreshes": {
    outcomes: ["keeps_moving"],
    answer: (_, response) => void response.writeHead(200, { ...HTML, refresh: "0" }).end(document("Refreshes", "")),
  },
  "/downloads": {
    outcomes: ["sealed"],
    says: /Here stands a post/,
    answer: page(
      "Downloads",
      `<script>let n = 0; setInterval(() => Object.assign(document.createElement("a"), { href: "/file?" + n++, download: "file" }).click(), 20);
      setInterval(() => { const frame = document.createElement("iframe"); frame.src = "/file?frame" + n++; document.body.append(frame); setTimeout(() => frame.remove(), 50) }, 50)</script>`,
    ),
  },
  "/file": {
    outcomes: ["not_a_page"],
    answer: (_, response) => {
      response.writeHead(200, {
        "content-type": "application/zip",
        "content-disposition": "attachment; filename=a.zip",
      });
      pour(response, Buffer.alloc(1 << 16, "PK"));
    },
  },
};

export const HOSTILE: Readonly<Record<string, HostilePage>> = {
  ...SERVED,
  ...Object.fromEntries(
    Object.entries(SCRIPTED).map(([path, { body, ...rest }]) => [path, { ...rest, answer: page(path.slice(1), body) }]),
  ),
};

const PARTS: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  "/worker.js": { type: "text/javascript", body: "for (let i = 0; ; i++) Math.sqrt(i);" },
  "/shared-worker.js": { type: "text/javascript", body: "onconnect = () => { for (let i = 0; ; i++) Math.sqrt(i); };" },
  "/keeps-all.js": {
    type: "text/javascript",
    body: `oninstall = () => skipWaiting(); onactivate = (event) => event.waitUntil(clients.claim());
      onmessage = async () => { const cache = await caches.open("all"); for (let i = 0; ; i++) await cache.put("/kept/" + i, new Response(new Uint8Array(4 << 20).map(() => Math.random() * 256))); };`,
  },
};

export interface HostileSite extends AsyncDisposable {
  url(path: string): string;
}

export async function startHostileSite(): Promise<HostileSite> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const part = PARTS[pathname];
    if (part !== undefined) return void response.writeHead(200, { "content-type": part.type }).end(part.body);
    const found = HOSTILE[pathname];
    if (found === undefined) return void response.writeHead(404, HTML).end("<p>Nothing here.");
    found.answer(request, response);
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
