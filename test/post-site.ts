/**
 * An invented post with pictures, a sound and other forms of itself, served from loopback by a server that writes down
 * what it was asked for.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import sharp from "sharp";
import { lanterns } from "./sample-pictures.ts";

export const TEXT = "The hedge on Hollow Lane has lanterns in it again.";
export const OTHER_TEXT = "The hedge on Hollow Lane is to be cut in May.";
const AT_URI = "at://did:plc:neighbour/app.bsky.feed.post/1";

export interface PostSite extends AsyncDisposable {
  readonly origin: string;
  readonly asked: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** The pictures as they are before any content coding, by path. */
  readonly pictures: Readonly<Record<string, Buffer>>;
}

type Answer = (response: ServerResponse) => void;

function wave(): Buffer {
  const bytes = Buffer.alloc(44 + 4000, 0x80);
  bytes.write("RIFF\u0000\u0000\u0000\u0000WAVEfmt ", 0, "latin1");
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(8000, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(4000, 40);
  return bytes;
}

async function drawn(): Promise<PostSite["pictures"]> {
  const image = (seed: number) =>
    sharp(lanterns(seed, 320, 240).rgba, { raw: { width: 320, height: 240, channels: 4 } });
  return {
    "/a.png": await image(1).png().toBuffer(),
    "/b.jpg": await image(2).jpeg().toBuffer(),
    "/c": await image(3).webp().toBuffer(),
    "/d.avif": await image(4).avif({ effort: 0 }).toBuffer(),
    "/e.gif": await image(5).gif().toBuffer(),
    "/f.svg": Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="9" height="9"/></svg>',
    ),
    "/face.png": await image(6).png().toBuffer(),
    "/beside.png": await image(7).png().toBuffer(),
  };
}

const picture = (path: string): string => `<img src="${path}" width="100" height="100">`;

function page(origin: string, head: string, body: string): string {
  return `<!doctype html><title>Neighbour on Townsquare</title><link rel="canonical" href="${origin}/p/1">${head}
<article class="h-entry"><p class="p-author h-card"><img class="u-photo" src="/face.png" width="80" height="80"><b class="p-name">Neighbour 1</b></p>
<div class="e-content">${TEXT}</div>${body}<a class="u-url" href="/p/1"><time class="dt-published" datetime="2026-05-01T10:00:00Z">1 May</time></a></article>
<article class="h-entry"><p class="e-content">${OTHER_TEXT}</p>${picture("/beside.png")}<a class="u-url" href="/p/2"><time>2 May</time></a></article>`;
}

export async function startPostSite(): Promise<PostSite> {
  const pictures = await drawn();
  const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
  let origin = "";
  const send = (type: string, body: string | Buffer, headers: Record<string, string> = {}, status = 200): Answer => {
    return (response) => void response.writeHead(status, { "content-type": type, ...headers }).end(body);
  };
  const json = (type: string, value: unknown): Answer => send(type, JSON.stringify(value));
  const note = (more: object): object => ({
    "@context": "https://www.w3.org/ns/activitystreams",
    type: "Note",
    id: `${origin}/statuses/1`,
    url: `${origin}/p/1`,
    attributedTo: { type: "Person", name: "Neighbour 1", preferredUsername: "neighbour1" },
    content: `<p>${TEXT}</p>`,
    published: "2026-05-01T10:00:00Z",
    updated: "2026-05-01T11:30:00Z",
    attachment: ["/a.png", "/face.png"].map((path) => ({ type: "Document", url: `${origin}${path}` })),
    ...more,
  });
  const view = (key: number, text: string): object => ({
    uri: `at://did:plc:neighbour/app.bsky.feed.post/${key}`,
    author: { did: "did:plc:neighbour", handle: "neighbour.example", displayName: "Neighbour 1" },
    record: { $type: "app.bsky.feed.post", text, createdAt: "2026-05-01T10:00:00Z" },
    likeCount: 10 + key,
  });
  const forms = (activity: string, oembed: string): string =>
    `<link rel="alternate" type="application/activity+json" href="${activity}"><link rel="alternate" type="application/json+oembed" href="${oembed}">`;
  const oembed = `/oembed?url=${encodeURIComponent("ORIGIN/p/1")}`;
  const answers: Readonly<Record<string, () => Answer>> = {
    "/p/1": () =>
      send(
        "text/html; charset=utf-8",
        page(
          origin,
          forms("/statuses/1", oembed.replace("ORIGIN", encodeURIComponent(origin))) +
            `<link rel="alternate" href="${AT_URI}">`,
          `${["/a.png", "/sent", "/c", "/d.avif", "/e.gif", "/f.svg", "/gone.png", "/cut.png"].map(picture).join("")}
<audio src="/sound.wav" preload="auto" controls></audio><script>fetch("/xrpc/app.bsky.feed.getPostThread?uri=x")</script>`,
        ),
        { "set-cookie": "who=me; Path=/" },
      ),
    "/statuses/1": () => json("application/activity+json; charset=utf-8", note({})),
    "/oembed": () =>
      json("application/json", {
        version: "1.0",
        type: "rich",
        author_name: "Somebody Else",
        provider_name: "Townsquare",
        html: `<blockquote>${OTHER_TEXT}</blockquote>`,
      }),
    "/xrpc/app.bsky.feed.getPostThread": () =>
      json("application/json", { thread: { post: view(1, TEXT), replies: [{ post: view(2, OTHER_TEXT) }] } }),
    "/p/others": () =>
      send("text/html", page(origin, forms("/statuses/2", "/oembed?url=http%3A%2F%2Felsewhere.example%2F9"), "")),
    "/statuses/2": () =>
      json(
        "application/activity+json",
        note({ id: `${origin}/statuses/9`, url: `${origin}/p/2`, content: OTHER_TEXT }),
      ),
    "/p/slow": () => send("text/html", page(origin, forms("/never", "/endless"), "")),
    "/never": () => () => undefined,
    "/endless": () => (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
        response.once("drain", more);
      };
      more();
    },
    "/p/html": () => send("text/html", page(origin, forms("/script", "/script"), "")),
    "/script": () => send("text/html", `<script>document.title = "run"; fetch("/was-run")</script>`),
    "/a.png": () => send("image/png", gzipSync(pictures["/a.png"] as Buffer), { "content-encoding": "gzip" }),
    "/sent": () => send("text/plain", "", { location: "/b.jpg" }, 302),
    "/b.jpg": () => send("image/jpeg", brotliCompressSync(pictures["/b.jpg"] as Buffer), { "content-encoding": "br" }),
    "/c": () => send("application/octet-stream", pictures["/c"] as Buffer),
    "/d.avif": () => send("image/avif", pictures["/d.avif"] as Buffer),
    "/e.gif": () => send("image/gif", pictures["/e.gif"] as Buffer),
    "/f.svg": () => send("image/svg+xml", pictures["/f.svg"] as Buffer),
    "/face.png": () => send("image/png", pictures["/face.png"] as Buffer),
    "/beside.png": () => send("image/png", pictures["/beside.png"] as Buffer),
    "/gone.png": () => send("text/html", "Not there.", {}, 404),
    "/cut.png": () => (response) => {
      response.writeHead(200, { "content-type": "image/png", "content-length": "5000" });
      response.write((pictures["/beside.png"] as Buffer).subarray(0, 500));
      setTimeout(() => response.destroy(), 50);
    },
    "/sound.wav": () => {
      const bytes = wave();
      const range = { "accept-ranges": "bytes", "content-range": `bytes 0-${bytes.length - 1}/${bytes.length}` };
      return send("audio/wav", bytes, range, 206);
    },
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    asked.push({ path: pathname, headers: request.headers });
    const answer = Object.hasOwn(answers, pathname) ? answers[pathname] : undefined;
    (answer?.() ?? send("text/plain", "", {}, 404))(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    pictures,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
