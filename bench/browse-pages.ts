/** What pages.ts visits: pages of the conformance site, and two such as people read: a text, and a thread with pictures. */
import sharp from "sharp";
import { body, type ConformancePage, html } from "../src/sample/conformance/answer.ts";
import { serveHttp1 } from "../src/sample/conformance/http1-server.ts";
import { answering, type ConformanceServer, type Served } from "../src/sample/conformance/served.ts";
import { CONFORMANCE_PAGES } from "../src/sample/conformance/site.ts";

const PICTURES = 12;
const SENTENCE = "The residents of Hollow Lane met about the hedge, and about the lanterns that hang in it. ";

const words: ConformancePage = {
  name: "text",
  answers: () => ({ "": html("A text", `<main>${`<p>${SENTENCE.repeat(6)}</p>`.repeat(12)}</main>`) }),
};

async function thread(): Promise<ConformancePage> {
  const pictures = await Promise.all(Array.from({ length: PICTURES }, (_, i) => photograph(i)));
  const post = (i: number): string =>
    `<article><p>Neighbour ${i}: ${SENTENCE}</p><img loading="lazy" src="picture-${i}.jpg" width="640" height="480"></article>`;
  return {
    name: "thread",
    answers: () => ({
      "": html("A thread with pictures", `<main>${pictures.map((_, i) => post(i)).join("")}</main>`),
      ...Object.fromEntries(pictures.map((bytes, i) => [`picture-${i}.jpg`, body("image/jpeg", bytes)] as const)),
    }),
  };
}

/** About as large, and as hard to compress, as one on a forum; what it shows is noise out of focus. */
function photograph(i: number): Promise<Buffer> {
  const noise = { type: "gaussian", mean: 90 + 10 * i, sigma: 20 } as const;
  const create = { width: 160, height: 120, channels: 3, background: "#888", noise } as const;
  return sharp({ create }).resize(640, 480).jpeg({ quality: 85 }).toBuffer();
}

/** Names, in the order of the table. */
export const BROWSED = ["text", "thread", "fonts", "codings", "shadow", "feed"];

export async function browsedPages(): Promise<readonly ConformancePage[]> {
  const all = [words, await thread(), ...CONFORMANCE_PAGES];
  return all.filter(({ name }) => BROWSED.includes(name));
}

/** Over HTTP/1.1; WebSockets and another site on the same machine are answered too. */
export async function serve(pages: readonly ConformancePage[], stack: AsyncDisposableStack): Promise<Site> {
  const other = stack.use(
    await serveHttp1((origin) => answering(pages, { origin, other: origin, sockets: "" }), { host: "localhost" }),
  );
  const main = stack.use(
    await serveHttp1((origin) =>
      answering(pages, { origin, other: other.origin, sockets: origin.replace("http", "ws") }),
    ),
  );
  return { main, servedAll: () => [main, other].flatMap(({ served }) => served) };
}

export interface Site {
  readonly main: ConformanceServer;
  /** By all servers, so far. */
  readonly servedAll: () => readonly Served[];
}

/** Bytes of a response on the wire, head and body. */
export function bytesOf({ responseHead, written }: Served): number {
  return (responseHead?.length ?? 0) + written.reduce((sum, piece) => sum + piece.length, 0);
}
