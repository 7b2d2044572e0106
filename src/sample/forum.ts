/**
 * Townsquare: a small invented forum, served from loopback, for the demonstration and the tests. Its people, places and
 * posts do not exist. Posts can be deleted, as on a real forum; other paths show what is no post.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { avatar, forumStyle, gonePage, notFoundPage, threadPage } from "./forum-pages.ts";
import { obstacleAt } from "./obstacles.ts";
import { platformPage } from "./platforms.ts";
import { type ForumPost, THREAD } from "./thread.ts";
import { threadPageAt } from "./threads/thread-pages.ts";

export interface Forum extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Id of the post the demonstration is about. */
  readonly samplePost: string;
  postUrl(id: string): string;
  deletePost(id: string): void;
  /** Path of every request served, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const HTML = "text/html; charset=utf-8";

export async function startForum(options: { readonly port?: number } = {}): Promise<Forum> {
  const deleted = new Set<string>();
  const requests: string[] = [];
  let origin = "";
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
    requests.push(pathname);
    const shaped = platformPage(pathname + search, origin) ?? threadPageAt(pathname + search, origin);
    const { status, type, body, headers } =
      shaped === undefined ? answer(pathname, origin, deleted) : { status: 200, type: HTML, body: shaped };
    response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...headers });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(options.port ?? 0, "127.0.0.1", done);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return {
    origin,
    samplePost: THREAD[0]?.id ?? "",
    postUrl: (id) => `${origin}/p/${id}`,
    deletePost: (id) => deleted.add(id),
    requests,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function answer(path: string, origin: string, deleted: ReadonlySet<string>): Answer {
  if (path === "/style.css") return { status: 200, type: "text/css; charset=utf-8", body: forumStyle };
  const face = /^\/avatar\/([a-z-]+)\.svg$/.exec(path)?.[1];
  if (face !== undefined) return { status: 200, type: "image/svg+xml", body: avatar(face) };
  if (path === "/old-link")
    return { status: 301, type: HTML, body: "Moved.", headers: { location: `/p/${THREAD[0]?.id}` } };
  const obstacle = obstacleAt(path);
  if (obstacle !== undefined) return { status: obstacle.status, type: HTML, body: obstacle.html };
  return postAnswer(
    THREAD.find((post) => path === `/p/${post.id}`),
    origin,
    deleted,
  );
}

function postAnswer(post: ForumPost | undefined, origin: string, deleted: ReadonlySet<string>): Answer {
  if (post === undefined) return { status: 404, type: HTML, body: notFoundPage };
  if (deleted.has(post.id)) return { status: 410, type: HTML, body: gonePage };
  return { status: 200, type: HTML, body: threadPage(post, origin, deleted) };
}
