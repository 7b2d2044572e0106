/** Videos that came in segments: the very bytes, in their order, or no file and a sentence that says why. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { keptExchange } from "../../../test/kept-exchange.ts";
import { mp4Init, mp4Segment, playlistOf, tsSegment } from "../../../test/sample-segments.ts";
import type { Exchange, Header } from "../netlog/exchange.ts";
import { keepMedia } from "./post-media.ts";

const at = (name: string): string => `https://square.example/v/${name}`;
const STREAM = "blob:https://square.example/0a1b2c3d-0000-4000-8000-000000000000";
const [ONE, TWO, THREE] = [tsSegment(1), tsSegment(2), tsSegment(3)] as const;
const TS = Buffer.concat([ONE, TWO, THREE]);
const LIST = playlistOf(["1.ts", "2.ts", "3.ts"]);
let folder: string;

before(async () => (folder = await mkdtemp(join(tmpdir(), "placard-segments-"))));
after(() => rm(folder, { recursive: true, force: true }));

function came(
  name: string,
  body: string | Uint8Array,
  type = "application/octet-stream",
  more: Partial<Exchange> = {},
): Exchange {
  const responseHeaders: readonly Header[] = [["Content-Type", type], ...(more.responseHeaders ?? [])];
  return keptExchange(at(name), Buffer.from(body), { ...more, responseHeaders });
}

const list = (name: string, text: string): Exchange => came(name, text, "application/vnd.apple.mpegurl");
const all = (): readonly Exchange[] => [
  list("list.m3u8", LIST),
  came("1.ts", ONE),
  came("2.ts", TWO),
  came("3.ts", THREE),
];

async function keep(
  address: string,
  exchanges: readonly Exchange[],
  played: readonly string[] = [],
  seconds = 0,
  isFetched: (exchange: Exchange) => boolean = () => false,
) {
  const own = await mkdtemp(join(folder, "one-"));
  const { files, missing } = await keepMedia(
    [address, ...played.filter((one) => one !== address)],
    { exchanges, streams: played.map((url) => ({ url, seconds })), isFetched },
    own,
  );
  assert.equal((await readdir(own)).length, files.length, "nothing half-written stays");
  const bytes = await Promise.all(files.map(({ path }) => readFile(path)));
  return { files, bytes, why: missing.map(({ why }) => why) };
}

test("segments in the order of their list are one file, of the list's own address or of what the page's script plays", async () => {
  for (const [address, streams] of [
    [at("list.m3u8"), []],
    [STREAM, [STREAM]],
  ] as const) {
    const { files, bytes, why } = await keep(address, all().toReversed(), streams, 6.4);
    assert.deepEqual(why, []);
    assert.ok(TS.equals(bytes[0] ?? Buffer.alloc(0)));
    const [file] = files;
    assert.deepEqual([file?.mediaType, file?.url], ["video/mp2t", address]);
    assert.deepEqual(
      [file?.joined?.of, file?.joined?.playlists?.map(({ url }) => url)],
      ["playlist", [at("list.m3u8")]],
    );
    assert.deepEqual(
      file?.joined?.parts.map(({ from, bytes: length }) => [from, length]),
      [1, 2, 3].map(() => [0, ONE.length]),
    );
  }
});

test("a list is known by its first words too; lists and segments may be sent on, in chunks or coded", async () => {
  const sent = (name: string, to: string): Exchange =>
    came(name, "", "text/plain", { status: 302, redirectedTo: at(to) });
  const chunked = Buffer.concat([Buffer.from(`${TWO.length.toString(16)}\r\n`), TWO, Buffer.from("\r\n0\r\n\r\n")]);
  const { bytes, why } = await keep(at("watch"), [
    sent("watch", "deep/er/list"),
    came("deep/er/list", gzipSync(playlistOf(["../1.ts", "2.ts", "/v/3.ts"])), "text/plain", {
      responseHeaders: [["Content-Encoding", "gzip"]],
    }),
    sent("deep/1.ts", "1.ts"),
    came("1.ts", gzipSync(ONE), "video/mp2t", { responseHeaders: [["Content-Encoding", "gzip"]] }),
    came("deep/er/2.ts", chunked, "video/mp2t", { responseHeaders: [["Transfer-Encoding", "chunked"]] }),
    came("3.ts", THREE),
  ]);
  assert.deepEqual(why, []);
  assert.ok(TS.equals(bytes[0] ?? Buffer.alloc(0)));
});

const MASTER = `#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Second",URI="other-sound.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="First",DEFAULT=YES,URI="sound.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=100,AUDIO="a"
low.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=900,AUDIO="a"
high.m3u8
`;
const MAP = '#EXT-X-MAP:URI="init.mp4"\n';

test("of several variants the one that came is taken, and its sound is a file of its own", async () => {
  const video = Buffer.concat([mp4Init(), mp4Segment(1), mp4Segment(2)]);
  const sound = Buffer.concat([mp4Init(9), mp4Segment(8)]);
  const exchanges = [
    list("master.m3u8", MASTER),
    list("low.m3u8", playlistOf(["l1.m4s", "l2.m4s"], MAP)),
    list("high.m3u8", playlistOf(["h1.m4s", "h2.m4s"], MAP)),
    list("sound.m3u8", playlistOf(["s1.m4s"], '#EXT-X-MAP:URI="sound-init.mp4"\n')),
    came("init.mp4", mp4Init()),
    came("h1.m4s", mp4Segment(7)),
    came("l1.m4s", mp4Segment(1)),
    came("l2.m4s", mp4Segment(2)),
    came("sound-init.mp4", mp4Init(9)),
    came("s1.m4s", mp4Segment(8)),
  ];
  for (const [address, streams] of [
    [at("master.m3u8"), []],
    [STREAM, [STREAM]],
  ] as const) {
    const { files, bytes, why } = await keep(address, exchanges, streams, 4);
    assert.deepEqual(why, []);
    assert.deepEqual(
      bytes.map((one) => one.toString("hex")),
      [video, sound].map((one) => one.toString("hex")),
    );
    assert.deepEqual(
      files.map(({ mediaType, joined }) => [mediaType, joined?.playlists?.map(({ url }) => url)]),
      [
        ["video/mp4", [at("master.m3u8"), at("low.m3u8")]],
        ["audio/mp4", [at("master.m3u8"), at("sound.m3u8")]],
      ],
    );
  }
  const mute = await keep(
    at("master.m3u8"),
    exchanges.filter(({ url }) => url !== at("s1.m4s")),
  );
  assert.deepEqual([mute.files, mute.why], [[], [SOME_MISSING]], "a video without its sound is half of one");
});

const SOME_MISSING = "It came in parts, and some of them are missing; those that came are in the archive.";

test("ranges of one address are parts of it, whether it came whole or in ranges", async () => {
  const whole = Buffer.concat([mp4Init(), mp4Segment(1), mp4Segment(2)]);
  const [first, second] = [mp4Init().length, mp4Init().length + mp4Segment(1).length];
  const text = `#EXTM3U\n#EXT-X-MAP:URI="all.mp4",BYTERANGE="${first}@0"\n#EXTINF:2,\n#EXT-X-BYTERANGE:${second - first}@${first}\nall.mp4\n#EXTINF:2,\n#EXT-X-BYTERANGE:${whole.length - second}\nall.mp4\n#EXT-X-ENDLIST\n`;
  let version: readonly Header[] = [["ETag", '"one"']];
  const part = (from: number, to: number, bytes: Uint8Array = whole.subarray(from, to)): Exchange =>
    came("all.mp4", bytes, "video/mp4", {
      status: 206,
      responseHeaders: [["Content-Range", `bytes ${from}-${to - 1}/${whole.length}`], ...version],
    });
  const parts = [part(0, first), part(first, second + 10), part(second, whole.length)];
  const inRanges = await keep(at("list.m3u8"), [list("list.m3u8", text), ...parts]);
  const atOnce = await keep(at("list.m3u8"), [list("list.m3u8", text), came("all.mp4", whole)]);
  for (const { bytes, files, why } of [inRanges, atOnce]) {
    assert.deepEqual([why, files[0]?.mediaType], [[], "video/mp4"]);
    assert.ok(whole.equals(bytes[0] ?? Buffer.alloc(0)));
  }
  assert.deepEqual([inRanges.files[0]?.joined?.parts.length, atOnce.files[0]?.joined?.parts.length], [3, 1]);
  const lie = Buffer.from(whole.subarray(second, whole.length));
  lie[20] = (lie[20] ?? 0) ^ 1;
  const { why } = await keep(at("list.m3u8"), [
    list("list.m3u8", text),
    ...parts.slice(0, 2),
    part(second, whole.length, lie),
    came("all.mp4", whole),
  ]);
  assert.deepEqual(why, ["What came in several answers is not the same in all."]);
  version = [];
  const untold = await keep(at("list.m3u8"), [
    list("list.m3u8", text),
    part(0, first),
    part(first, second),
    part(second, whole.length),
  ]);
  assert.match(untold.why[0] ?? "", /does not say for certain that they are of one and the same version/);
});

test("what the page read is believed before what the capture read, and of each list it is said which one it was", async () => {
  const digest = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;
  const other = playlistOf(["3.ts", "2.ts"]);
  const isFetched = (exchange: Exchange): boolean => exchange.startedAt === 7;
  const again = { ...list("list.m3u8", other), startedAt: 7 };
  const { files, bytes } = await keep(at("list.m3u8"), [...all(), again], [], 0, isFetched);
  assert.ok(TS.equals(bytes[0] ?? Buffer.alloc(0)));
  assert.deepEqual(files[0]?.joined?.playlists, [{ url: at("list.m3u8"), digest: digest(LIST) }]);
  const torn = await keep(at("list.m3u8"), [...all().filter(({ url }) => url !== at("1.ts")), again], [], 0, isFetched);
  assert.ok(Buffer.concat([THREE, TWO]).equals(torn.bytes[0] ?? Buffer.alloc(0)));
  assert.deepEqual(torn.files[0]?.joined?.playlists, [{ url: at("list.m3u8"), digest: digest(other), fetched: true }]);
});

test("where it cannot be told whose lists these are, or something is missing or another thing, there is no file", async () => {
  const several =
    "The page fetched several videos in pieces, and it cannot be told which of them this is; they are in the archive.";
  const together = "The page's script put it together from pieces; these are in the archive.";
  const odd = "Its parts are in no form of which a file is made.";
  const without = (name: string): readonly Exchange[] => all().filter(({ url }) => url !== at(name));
  const cases: readonly (readonly [string, string, readonly Exchange[], (readonly string[])?])[] = [
    [several, STREAM, [...all(), list("other.m3u8", LIST)], [STREAM]],
    [several, STREAM, [...all(), list("ad.m3u8", "#EXTM3U\nnonsense")], [STREAM]],
    [together, STREAM, all(), []],
    [together, STREAM, [came("1.ts", ONE)], [STREAM]],
    [together, STREAM, all(), [STREAM, `${STREAM}1`]],
    [SOME_MISSING, at("list.m3u8"), without("2.ts")],
    [SOME_MISSING, at("list.m3u8"), [...without("2.ts"), came("2.ts", TWO, "video/mp2t", { truncated: true })]],
    [SOME_MISSING, at("list.m3u8"), [...without("2.ts"), came("2.ts", "Gone.", "text/plain", { status: 404 })]],
    ["Of its parts only the list came.", at("list.m3u8"), [list("list.m3u8", LIST)]],
    [odd, at("list.m3u8"), [...without("2.ts"), came("2.ts", "<!doctype html><p>Please wait</p>", "text/html")]],
    [odd, at("list.m3u8"), [...without("2.ts"), came("2.ts", mp4Segment(2))]],
    [odd, at("list.m3u8"), [...without("2.ts"), came("2.ts", TWO.subarray(0, 200))]],
    [
      "The list of its parts did not come whole.",
      at("list.m3u8"),
      [came("list.m3u8", LIST, "audio/mpegurl", { truncated: true })],
    ],
    ["What came in several answers is not the same in all.", at("list.m3u8"), [...all(), came("2.ts", THREE)]],
    [
      "It is encrypted.",
      at("list.m3u8"),
      [...without("list.m3u8"), list("list.m3u8", playlistOf(["1.ts"], '#EXT-X-KEY:METHOD=AES-128,URI="k"\n'))],
    ],
    [
      "The list of its parts cannot be read: it leads to lists of lists.",
      at("m.m3u8"),
      [list("m.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\nm.m3u8\n")],
    ],
  ];
  for (const [why, address, exchanges, streams = []] of cases) {
    const kept = await keep(address, exchanges, streams, 6);
    assert.deepEqual([kept.files, kept.why[0]], [[], why]);
  }
});

test("a video of another length than what is played in the post is not taken for it", async () => {
  const other =
    "The one video that the page fetched in pieces is not as long as what is played in the post; its pieces are in the archive.";
  for (const seconds of [0, 4.8, 7.2, 30])
    assert.deepEqual((await keep(STREAM, all(), [STREAM], seconds)).why, [other]);
  for (const seconds of [5.2, 6, 7]) assert.deepEqual((await keep(STREAM, all(), [STREAM], seconds)).why, []);
});

test("a variant whose list did not come is passed over for one whose did", async () => {
  const high = playlistOf(["h1.m4s"], MAP);
  const { files, bytes, why } = await keep(at("master.m3u8"), [
    list("master.m3u8", MASTER),
    came("low.m3u8", "", "text/plain", { status: 404 }),
    list("high.m3u8", high),
    list("sound.m3u8", playlistOf(["s1.m4s"], MAP)),
    came("init.mp4", mp4Init()),
    came("h1.m4s", mp4Segment(7)),
    came("s1.m4s", mp4Segment(8)),
  ]);
  assert.deepEqual([why, files.length], [[], 2]);
  assert.ok(Buffer.concat([mp4Init(), mp4Segment(7)]).equals(bytes[0] ?? Buffer.alloc(0)));
  const none = await keep(at("master.m3u8"), [
    list("master.m3u8", MASTER),
    came("low.m3u8", "", "text/plain", { status: 404 }),
  ]);
  assert.deepEqual(none.why, ["The list of its parts did not come whole."]);
});
