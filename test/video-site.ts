/**
 * Invented posts with videos as platforms hand them out, in ranges and in segments, served from loopback by a server that writes
 * down what it was asked for.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tone, VIDEO } from "./sample-media.ts";

export interface VideoSite extends AsyncDisposable {
  readonly origin: string;
  readonly asked: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

export type VideoAnswer = (response: ServerResponse, headers: IncomingHttpHeaders, nth: number) => void;

/** Two minutes and a half: more than a player takes before it is played. */
export const LONG: Buffer = Buffer.from(tone(150));
export const CLIP: Buffer = Buffer.from(VIDEO);

/** RFC 9110 §14: one range, and of a long one no more than `most` bytes. */
export function inRanges(bytes: Uint8Array, type: string, most = Number.POSITIVE_INFINITY, etag?: string): VideoAnswer {
  return (response, { range }) => {
    const version = etag === undefined ? {} : { etag };
    const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
    if (match === null) {
      response.writeHead(200, { "content-type": type, "accept-ranges": "bytes", ...version }).end(bytes);
      return;
    }
    const from = Number(match[1]);
    const to = Math.min(bytes.length, from + most, match[2] === "" ? bytes.length : Number(match[2]) + 1);
    const headers = { "content-type": type, "content-range": `bytes ${from}-${to - 1}/${bytes.length}`, ...version };
    response.writeHead(206, headers).end(bytes.subarray(from, to));
  };
}

export const send =
  (type: string, body: string | Uint8Array, status = 200): VideoAnswer =>
  (response) =>
    void response.writeHead(status, { "content-type": type }).end(body);

/** A page with one post, of which `body` is. */
export const post = (path: string, body: string): VideoAnswer =>
  send(
    "text/html; charset=utf-8",
    `<!doctype html><title>Neighbour on Townsquare</title><article class="h-entry"><p class="p-author h-card"><b class="p-name">Neighbour 1</b></p>
<div class="e-content">The hedge on Hollow Lane has lanterns in it again.</div>${body}<a class="u-url" href="${path}"><time class="dt-published" datetime="2026-05-01T10:00:00Z">1 May</time></a></article>`,
  );

const fetched = (...asks: readonly (readonly [url: string, range: string])[]): string =>
  `<script>${asks.map(([url, range]) => `fetch("${url}", { headers: { range: "bytes=${range}" } }).then((one) => one.arrayBuffer());`).join("")}</script>`;
const video = (src: string): string => `<video src="${src}" preload="none" width="320" height="240"></video>`;

/** Changes with every answer. */
const changing: VideoAnswer = (response, headers, nth) =>
  inRanges(CLIP, "video/webm", undefined, `"${nth}"`)(response, headers, nth);
/** Gives a beginning, and no more. */
const guarded: VideoAnswer = (response, headers, nth) =>
  headers.range === "bytes=0-99"
    ? inRanges(CLIP, "video/webm")(response, headers, nth)
    : send("text/plain", "", 403)(response, headers, nth);
/** Has other bytes the second time. */
const lying: VideoAnswer = (response, headers, nth) =>
  inRanges(nth === 0 ? CLIP : CLIP.map((byte, i) => (i === 350 ? byte ^ 1 : byte)), "video/webm")(
    response,
    headers,
    nth,
  );
/** Sends what it was asked for, and then nothing. */
const stalling: VideoAnswer = (response, headers, nth) => {
  if (headers.range === "bytes=0-99") return inRanges(CLIP, "video/webm")(response, headers, nth);
  response.writeHead(206, {
    "content-type": "video/webm",
    "content-range": `bytes 100-${CLIP.length - 1}/${CLIP.length}`,
  });
  response.write(CLIP.subarray(100, 200));
};

const RANGES: Readonly<Record<string, VideoAnswer>> = {
  "/ranges": post(
    "/ranges",
    `<audio src="/long.wav" preload="metadata" controls></audio>${["/sent-on", "/changing.webm", "/guarded.webm", "/lying.webm", "/unasked.webm"].map(video).join("")}
${fetched(["/sent-on", "0-299"], ["/sent-on", "200-499"], ["/changing.webm", "0-299"], ["/guarded.webm", "0-99"], ["/lying.webm", "0-399"])}
<script>setTimeout(() => fetch("/lying.webm", { headers: { range: "bytes=300-" } }), 50)</script>`,
  ),
  "/stalling": post("/stalling", video("/stalling.webm") + fetched(["/stalling.webm", "0-99"])),
  "/long.wav": inRanges(LONG, "audio/wav"),
  "/sent-on": (response) => void response.writeHead(302, { location: "/clip.webm" }).end(),
  "/clip.webm": inRanges(CLIP, "video/webm", 300, '"one"'),
  "/changing.webm": changing,
  "/guarded.webm": guarded,
  "/lying.webm": lying,
  "/stalling.webm": stalling,
  "/unasked.webm": inRanges(CLIP, "video/webm"),
};

export async function startVideoSite(more: Readonly<Record<string, VideoAnswer>> = {}): Promise<VideoSite> {
  const answers = { ...RANGES, ...more };
  const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const nth = asked.filter(({ path }) => path === pathname).length;
    asked.push({ path: pathname, headers: request.headers });
    const answer = Object.hasOwn(answers, pathname) ? answers[pathname] : undefined;
    (answer ?? send("text/plain", "", 404))(response, request.headers, nth);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
