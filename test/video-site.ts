/**
 * Invented posts with videos as platforms hand them out, in ranges and in segments, served from loopback by a server that writes
 * down what it was asked for.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tone, VIDEO } from "./sample-media.ts";
import { mp4Init, mp4Segment, playlistOf, tsSegment } from "./sample-segments.ts";

export interface VideoSite extends AsyncDisposable {
  readonly origin: string;
  readonly asked: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

type VideoAnswer = (response: ServerResponse, headers: IncomingHttpHeaders, nth: number) => void;

/** Half an hour: far more than a player takes before it is played. */
export const LONG: Buffer = (() => {
  const samples = Buffer.alloc(8_000 * 1_800, tone().subarray(44));
  const head = Buffer.from(tone().subarray(0, 44));
  head.writeUInt32LE(36 + samples.length, 4);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
})();
export const CLIP: Buffer = Buffer.from(VIDEO);
/** Of the same length, and not the same. */
export const UNTOLD: readonly Buffer[] = [1, 2].map((last) => Buffer.concat([CLIP.subarray(0, -1), Buffer.of(last)]));

/** RFC 9110 §14: one range, and of a long one no more than `most` bytes. */
function inRanges(bytes: Uint8Array, type: string, most = Number.POSITIVE_INFINITY, etag?: string): VideoAnswer {
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

const send =
  (type: string, body: string | Uint8Array, status = 200): VideoAnswer =>
  (response) =>
    void response.writeHead(status, { "content-type": type }).end(body);

/** A page with one post, of which `body` is. */
const post = (path: string, body: string): VideoAnswer =>
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

/** Its sound lies at another server, as media do. */
const rangesOf = (host: string): string =>
  `<audio src="http://localhost:${host.split(":")[1]}/long.wav" preload="metadata" controls></audio>${["/sent-on", "/changing.webm", "/guarded.webm", "/lying.webm", "/unasked.webm", "/untold.webm", "/weak.webm"].map(video).join("")}
${fetched(["/sent-on", "0-299"], ["/sent-on", "200-499"], ["/changing.webm", "0-299"], ["/guarded.webm", "0-99"], ["/lying.webm", "0-399"], ["/untold.webm", "0-99"], ["/weak.webm", "0-99"])}
<script>setTimeout(() => fetch("/lying.webm", { headers: { range: "bytes=300-" } }), 50)</script>`;

const RANGES: Readonly<Record<string, VideoAnswer>> = {
  "/ranges": (response, headers, nth) => post("/ranges", rangesOf(headers.host ?? ""))(response, headers, nth),
  "/stalling": post("/stalling", video("/stalling.webm") + fetched(["/stalling.webm", "0-99"])),
  "/long.wav": inRanges(LONG, "audio/wav"),
  "/sent-on": (response) => void response.writeHead(302, { location: "/clip.webm" }).end(),
  "/clip.webm": inRanges(CLIP, "video/webm", 300, '"one"'),
  "/changing.webm": changing,
  "/guarded.webm": guarded,
  "/lying.webm": lying,
  "/stalling.webm": stalling,
  "/unasked.webm": inRanges(CLIP, "video/webm"),
  "/untold.webm": inRanges(UNTOLD[0] as Buffer, "video/webm"),
  "/weak.webm": inRanges(UNTOLD[1] as Buffer, "video/webm", 300, 'W/"one"'),
};

const list = (text: string): VideoAnswer => send("application/vnd.apple.mpegurl", text);
const segments = (
  names: readonly string[],
  of: (seed: number) => Buffer,
  type: string,
): Readonly<Record<string, VideoAnswer>> => Object.fromEntries(names.map((name, seed) => [name, send(type, of(seed))]));

/** Plays as scripts do: through a MediaSource, fetching as it goes, so that most of it never comes. */
const player = (seconds: number, ...urls: readonly string[]): string =>
  `<video id="v" width="320" height="240"></video><script>const source = new MediaSource();
source.addEventListener("sourceopen", () => { source.addSourceBuffer("video/webm; codecs=vp9"); source.duration = ${seconds}; });
document.getElementById("v").src = URL.createObjectURL(source);
(async () => { for (const url of ${JSON.stringify(urls)}) await fetch(url).then((one) => one.arrayBuffer()); })()</script>`;

/** What the pages' videos are, whole. */
export const STREAMED: Buffer = Buffer.concat(Array.from({ length: 5 }, (_, seed) => tsSegment(seed)));
export const FRAGMENTED: Buffer = Buffer.concat([
  mp4Init(),
  ...Array.from({ length: 3 }, (_, seed) => mp4Segment(seed, 60_000)),
]);
export const SOUND: Buffer = Buffer.concat([mp4Init(9), mp4Segment(8), mp4Segment(9)]);
const SOUND_AT = [0, mp4Init(9).length, mp4Init(9).length + mp4Segment(8).length, SOUND.length] as const;

const PLAYLISTS: Readonly<Record<string, VideoAnswer>> = {
  "/stream": post("/stream", player(10, "/s/master.m3u8", "/s/high.m3u8", "/s/1.ts", "/s/2.ts")),
  "/s/master.m3u8": list(
    "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=900\nbest.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=500\nhigh.m3u8\n",
  ),
  "/s/high.m3u8": list(playlistOf(["0.ts", "1.ts", "2.ts", "3.ts", "4.ts"])),
  ...segments(["/s/0.ts", "/s/1.ts", "/s/2.ts", "/s/3.ts", "/s/4.ts"], (seed) => tsSegment(seed), "video/mp2t"),
  "/advert": post("/advert", player(30, "/s/high.m3u8")),
  "/two": post("/two", player(10, "/s/high.m3u8", "/live.m3u8")),
  "/direct": post(
    "/direct",
    ["/d/master.m3u8", "/live.m3u8", "/locked.m3u8", "/torn.m3u8"]
      .map((src) => `<video src="${src}" preload="auto" width="320" height="240"></video>`)
      .join(""),
  ),
  "/d/master.m3u8": list(
    '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="A",DEFAULT=YES,URI="sound.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=9000,AUDIO="a"\nbest.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=99,AUDIO="a"\nleast.m3u8\n',
  ),
  "/d/best.m3u8": list(playlistOf(["0.m4s", "1.m4s", "2.m4s"], '#EXT-X-MAP:URI="init.mp4"\n')),
  "/d/init.mp4": send("video/mp4", mp4Init()),
  ...segments(["/d/0.m4s", "/d/1.m4s", "/d/2.m4s"], (seed) => mp4Segment(seed, 60_000), "video/iso.segment"),
  "/d/sound.m3u8": list(
    `#EXTM3U\n#EXT-X-MAP:URI="sound.mp4",BYTERANGE="${SOUND_AT[1]}@0"\n#EXTINF:2,\n#EXT-X-BYTERANGE:${SOUND_AT[2] - SOUND_AT[1]}@${SOUND_AT[1]}\nsound.mp4\n#EXTINF:2,\n#EXT-X-BYTERANGE:${SOUND_AT[3] - SOUND_AT[2]}\nsound.mp4\n#EXT-X-ENDLIST\n`,
  ),
  "/d/sound.mp4": inRanges(SOUND, "audio/mp4"),
  "/live.m3u8": list("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n/s/0.ts\n"),
  "/locked.m3u8": list(playlistOf(["/s/0.ts"], '#EXT-X-KEY:METHOD=AES-128,URI="/key"\n')),
  "/torn.m3u8": list(playlistOf(["/s/0.ts", "/gone.ts"])),
};

export async function startVideoSite(): Promise<VideoSite> {
  const answers = { ...RANGES, ...PLAYLISTS };
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
