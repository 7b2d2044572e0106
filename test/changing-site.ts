/** A small site whose posts change under one's hands, served from loopback; its people and posts are invented. */
import { randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";

export interface Post {
  text: string;
  author: string;
  likes: number;
  /** What is answered in the post's place. */
  instead?: { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };
  /** Set with the page. */
  cookie?: string;
  /** Whether the page tells programs of the post. */
  plain?: boolean;
  /** PNG or JPEG, shown in the post's element besides the drawing. */
  photo?: Buffer;
  /** WebM, shown besides. */
  film?: Buffer;
  /** When it was edited, as the page tells programs. */
  edited?: string;
}

export interface ChangingSite extends AsyncDisposable {
  readonly origin: string;
  readonly posts: Map<string, Post>;
  /** Some 200,000 bytes, which do not compress well. */
  readonly picture: Uint8Array;
  /** Set with the picture. */
  pictureCookie?: string | undefined;
  /** How long the chunks are in which the picture is sent; with its length and in one piece where not set. */
  pictureChunks?: number | undefined;
  readonly requests: string[];
}

const HTML = "text/html; charset=utf-8";

export async function startChangingSite(): Promise<ChangingSite> {
  const posts = new Map<string, Post>();
  const requests: string[] = [];
  let origin = "";
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    requests.push(path);
    if (path === "/picture.svg") {
      const { picture, pictureCookie: cookie, pictureChunks } = site;
      response.writeHead(200, {
        "content-type": "image/svg+xml",
        ...(pictureChunks === undefined ? { "content-length": picture.length } : {}),
        ...(cookie === undefined ? {} : { "set-cookie": cookie }),
      });
      if (pictureChunks === undefined) return void response.end(picture);
      return void writeChunks(response, piecesOf(picture, pictureChunks));
    }
    const photo = posts.get(path.replace(/\/photo\/\d+$/, ""))?.photo;
    if (photo !== undefined && path.includes("/photo/")) {
      const type = photo[0] === 0xff ? "image/jpeg" : "image/png";
      return void response.writeHead(200, { "content-type": type, "content-length": photo.length }).end(photo);
    }
    const film = posts.get(path.replace(/\/film\/\d+$/, ""))?.film;
    if (film !== undefined && path.includes("/film/"))
      return void response.writeHead(200, { "content-type": "video/webm", "content-length": film.length }).end(film);
    const post = posts.get(path);
    if (post === undefined) return void response.writeHead(404, { "content-type": HTML }).end("<h1>Nothing here</h1>");
    const { instead } = post;
    if (instead === undefined)
      return void response
        .writeHead(200, { "content-type": HTML, ...(post.cookie === undefined ? {} : { "set-cookie": post.cookie }) })
        .end(pageOf(post, `${origin}${path}`));
    response.writeHead(instead.status, { "content-type": HTML, ...instead.headers }).end(instead.body);
  });
  const site: ChangingSite = {
    get origin() {
      return origin;
    },
    posts,
    picture: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><!-- ${randomBytes(100_000).toString("hex")} --><rect width="3" height="2" fill="#c90"/></svg>`,
    ),
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return site;
}

/** One chunk each: what is written in one turn is one. */
async function writeChunks(response: ServerResponse, pieces: readonly Uint8Array[]): Promise<void> {
  for (const piece of pieces) {
    response.write(piece);
    await setImmediate();
  }
  response.end();
}

export function piecesOf(bytes: Uint8Array, length: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) =>
    bytes.subarray(at * length, (at + 1) * length),
  );
}

/** Addresses of photos and films change with every answer, as some sites' do. */
let answers = 0;

function pageOf({ text, author, likes, plain, photo, film, edited }: Post, url: string): string {
  const posting = {
    "@context": "https://schema.org",
    "@type": "SocialMediaPosting",
    url,
    articleBody: text,
    datePublished: "2026-03-14T21:07:00Z",
    ...(edited === undefined ? {} : { dateModified: edited }),
    author: { "@type": "Person", name: author },
  };
  const said = plain ? "" : `<script type="application/ld+json">${JSON.stringify(posting)}</script>`;
  const shown = photo === undefined ? "" : `<img src="${url}/photo/${++answers}" width="300" height="200" alt="">`;
  const played =
    film === undefined
      ? ""
      : `<video src="${url}/film/${++answers}" preload="auto" muted width="320" height="180"></video>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lantern Board</title><link rel="icon" href="data:,">${said}</head>
<body><main><article><h1>${author}</h1><p>${text}</p><p><time datetime="2026-03-14T21:07:00Z">14 March 2026, 21:07</time> · ${likes} likes</p>
<img src="/picture.svg" width="300" height="200" alt="">${shown}${played}</article></main></body></html>`;
}
