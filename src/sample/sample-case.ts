/**
 * The sample that a group can play with: three invented posts, served from loopback while they are captured. Their address
 * ends in .invalid, which no server will ever have (RFC 2606), and each of them says on itself that it is a sample.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { avatar, forumStyle, notFoundPage, threadPage } from "./forum-pages.ts";
import type { ForumPost } from "./thread.ts";

const HOST = "sample.placard.invalid";
const ORIGIN = `http://${HOST}`;
const SHOWN = { site: "Placard’s sample", mark: "SAMPLE – invented to try Placard out" } as const;

const POSTS: readonly ForumPost[] = [
  {
    id: "1",
    author: "Old Fence Post",
    handle: "@oldfencepost",
    posted: "2026-03-14T19:07:00+00:00",
    text: "The Hollow Lane people and their market again. Nobody asked for it, and they should hold it somewhere else.",
    language: "en",
  },
  {
    id: "2",
    author: "Marrow & Sons",
    handle: "@marrowandsons",
    posted: "2026-03-14T19:21:00+00:00",
    text: "They have held that market for sixty years. Come and try the bread.",
    language: "en",
  },
  {
    id: "3",
    author: "שכנה טובה",
    handle: "@goodneighbour",
    posted: "2026-03-14T22:02:00+02:00",
    text: "נתראה מחר בשוק, כמו בכל שבוע.",
    language: "he",
  },
];

export const SAMPLE_LINKS: readonly string[] = POSTS.map(({ id }) => `${ORIGIN}/p/${id}`);

export interface SampleSite extends AsyncDisposable {
  readonly host: string;
  /** On 127.0.0.1. */
  readonly port: number;
}

export async function startSample(): Promise<SampleSite> {
  const server = createServer((request, response) => {
    const { status, type, body } = answerTo(new URL(request.url ?? "/", ORIGIN).pathname);
    response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", done);
  });
  return {
    host: HOST,
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const HTML = "text/html; charset=utf-8";

function answerTo(path: string): { readonly status: number; readonly type: string; readonly body: string } {
  if (path === "/style.css") return { status: 200, type: "text/css; charset=utf-8", body: forumStyle };
  const face = /^\/avatar\/([a-z-]+)\.svg$/.exec(path)?.[1];
  if (face !== undefined) return { status: 200, type: "image/svg+xml", body: avatar(face) };
  const post = POSTS.find(({ id }) => path === `/p/${id}`);
  if (post === undefined) return { status: 404, type: HTML, body: notFoundPage };
  return { status: 200, type: HTML, body: threadPage(post, ORIGIN, new Set(), { ...SHOWN, thread: POSTS }) };
}
