/** Frames of a post's videos: the same video packed anew is known again, another is not, and no file does harm or takes longer than it may. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findExhibit } from "../../src/app/acts.ts";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { recaptureExhibit } from "../../src/app/recapture-exhibit.ts";
import { DEFAULT_BOUNDS } from "../../src/capture/browser/bounds.ts";
import { lookAtVideos, type SeenVideo } from "../../src/capture/media/look-at-videos.ts";
import { compareVideos, type VideoLook } from "../../src/capture/media/looks.ts";
import { pdqDistance } from "../../src/capture/media/pdq.ts";
import { likeExhibit } from "../../src/index/likeness.ts";
import { noProcessList, processesOf } from "../browser-processes.ts";
import { startChangingSite } from "../changing-site.ts";
import { ownBrowser } from "../own-browser.ts";
import { recordStream, recordVideos } from "../sample-videos.ts";

const VP8 = "video/webm;codecs=vp8";
let folder: string;
let films: Record<"lane" | "lean" | "half" | "packed" | "other" | "black" | "tiny", Buffer>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-frames-"));
  const full = { seed: 1, width: 640, height: 360, seconds: 1.6, hold: 2, type: VP8, bitsPerSecond: 2_000_000 };
  const [lane, lean, half, packed, other, black, tiny] = (await recordVideos([
    full,
    { ...full, bitsPerSecond: 100_000 },
    { ...full, width: 320, height: 180, type: "video/webm;codecs=vp9" },
    { ...full, type: "video/mp4;codecs=avc1.42E01E" },
    { ...full, seed: 2 },
    { ...full, isBlack: true },
    { ...full, width: 2, height: 2 },
  ])) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  films = { lane, lean, half, packed, other, black, tiny };
});
after(() => rm(folder, { recursive: true, force: true }));

async function look(all: readonly Uint8Array[], patience?: number): Promise<readonly SeenVideo[]> {
  const videos = all.map((_, i) => ({ path: join(folder, `film-${i}`), mediaType: "video/webm" }));
  for (const [i, bytes] of all.entries()) await writeFile((videos[i] as { path: string }).path, bytes);
  const seen = await lookAtVideos(videos, { browser: await ownBrowser(), folder, bounds: DEFAULT_BOUNDS }, patience);
  assert.ok(!existsSync(join(folder, "player")), "nothing of the browser's is left");
  return seen;
}

const asLook = ({ seconds = 0, frames = [] }: SeenVideo): VideoLook => ({
  seconds,
  frames: frames.map(({ hash }) => hash),
});

test("of a video at another rate, of half the size or in another form each frame is alike; of another none is", async (t) => {
  const { lane, lean, half, packed, other, black } = films;
  const [first, ...rest] = (await look([lane, lean, half, packed, other, black])) as [SeenVideo, ...SeenVideo[]];
  assert.deepEqual([first.width, first.height, first.frames?.length], [640, 360, 8]);
  const seconds = first.seconds ?? 0;
  assert.ok(seconds > 1 && seconds < 3);
  for (const [i, { at, quality }] of (first.frames ?? []).entries()) {
    assert.ok(Math.abs(at - ((i + 0.5) * seconds) / 8) < 0.002);
    assert.ok(quality > 50);
  }
  const compared = rest.map((one) => compareVideos(asLook(first), asLook(one)));
  assert.deepEqual(
    compared.map((one) => (typeof one === "number" ? "same" : one)),
    ["same", "same", "same", "other", "other"],
  );
  const bits = rest.map(({ frames = [] }) =>
    Math.max(...frames.map(({ hash }, i) => pdqDistance(hash, first.frames?.[i]?.hash ?? ""))),
  );
  t.diagnostic(`most bits that differ in a frame: rate, size, form ${bits.slice(0, 3)}; another ${bits[3]}`);
  assert.ok(rest.at(-1)?.frames?.every(({ quality }) => quality === 0));
});

/** The element that says how long a WebM file is, of four bytes (RFC 9559 §5.1.2.9). */
function withLength(film: Buffer, seconds: number | undefined): Buffer {
  const bytes = Buffer.from(film);
  const at = bytes.indexOf(Buffer.from("448984", "hex"));
  assert.ok(at > 0);
  if (seconds === undefined) bytes.set([0xec, 0x85], at);
  else bytes.writeFloatBE(1000 * seconds, at + 3);
  return bytes;
}

/** Each key frame of VP8 says its size (RFC 6386 §9.1). */
function ofSize(film: Buffer, side: number): Buffer {
  const bytes = Buffer.from(film);
  const mark = Buffer.from("9d012a", "hex");
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1))
    bytes.set([side & 255, side >> 8, side & 255, side >> 8], at + 3);
  return bytes;
}

test("what is broken, lies, or is no video is told in a sentence, or looked at as far as it goes", async () => {
  const { lane, packed, tiny } = films;
  const asked: string[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(String(url));
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const there = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const noise = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i * 31 + (i >> 3)) % 251));
  const list = `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${there}/0.ts\n#EXT-X-ENDLIST\n`;
  const cases: Record<string, readonly [Uint8Array, RegExp | undefined]> = {
    empty: [Buffer.alloc(0), /cannot play/],
    noise: [noise, /cannot play/],
    page: [Buffer.from(`<script>fetch("${there}/script")</script><img src="${there}/picture">`), /cannot play/],
    drawing: [Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><image href="${there}/svg"/></svg>`), /cannot play/],
    list: [Buffer.from(list), /cannot play/],
    beginning: [lane.subarray(0, 100), /cannot play/],
    cut: [packed.subarray(0, packed.length / 2), /to its end|cannot play/],
    small: [tiny, undefined],
    pixel: [ofSize(lane, 1), undefined],
    vast: [ofSize(lane, 16_383), /to its end|too large/],
    unsaid: [withLength(lane, undefined), undefined],
    endless: [withLength(lane, Number.POSITIVE_INFINITY), undefined],
    nothing: [withLength(lane, 0), undefined],
    ages: [withLength(lane, 1e12), undefined],
  };
  const all = Object.entries(cases);
  const seen: SeenVideo[] = [];
  // In two goes: each has a time of its own.
  for (const half of [all.slice(0, 8), all.slice(8)]) seen.push(...(await look(half.map(([, [bytes]]) => bytes))));
  server.close();
  for (const [i, [name, [, why]]] of all.entries()) {
    const told = JSON.stringify(seen[i]);
    if (why === undefined) assert.equal(seen[i]?.frames?.length, 8, `${name}: ${told}`);
    else assert.match(seen[i]?.why ?? "", why, `${name}: ${told}`);
  }
  assert.deepEqual(asked, [], "it reaches nothing");
});

test("a stream's segments are looked at by what their list says; where they are no video, that is told", async () => {
  const stream = await recordStream();
  const films = [
    stream,
    stream.subarray(0, 188 * 20),
    Buffer.from(stream.map((byte, i) => (i % 188 === 0 ? byte : i & 255))),
  ];
  const videos = films.map((_, i) => ({ path: join(folder, `film-${i}`), mediaType: "video/mp2t", seconds: 4 }));
  for (const [i, bytes] of films.entries()) await writeFile(join(folder, `film-${i}`), bytes);
  const options = { browser: await ownBrowser(), folder, bounds: DEFAULT_BOUNDS };
  const [whole, cut, none, unlisted] = await lookAtVideos(
    [...videos, { path: join(folder, "film-0"), mediaType: "video/mp2t" }],
    options,
  );
  assert.deepEqual([whole?.width, whole?.height, whole?.seconds, whole?.frames?.length], [320, 180, 4, 8]);
  assert.ok(whole?.frames?.every(({ quality }) => quality >= 50));
  assert.equal(new Set(whole?.frames?.map(({ hash }) => hash)).size, 8);
  assert.ok((cut?.seconds ?? 0) < 4);
  for (const one of [none, unlisted]) assert.match(one?.why ?? "", /cannot play/);
});

test("one that takes too long costs no more than its time, the next is looked at, and no process is left", async () => {
  const began = performance.now();
  const [slow, too] = await look([films.lane, films.other], 1);
  assert.match(`${slow?.why} ${too?.why}`, /too long.*too long/);
  assert.ok(performance.now() - began < 15_000);
  const stop = new AbortController();
  const options = { browser: await ownBrowser(), folder, bounds: DEFAULT_BOUNDS, signal: stop.signal };
  const video = { path: join(folder, "film-0"), mediaType: "video/webm" };
  setTimeout(() => stop.abort(), 300);
  const stopped = await lookAtVideos([video, video, video, video], options);
  assert.match(stopped.at(-1)?.why ?? "", /no time left/);
  if (noProcessList === false) assert.deepEqual(processesOf(folder), []);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => !name.startsWith("film-")),
    [],
  );
});

test("a post's video that was packed anew is no edit, another in its place is one, and exhibits of it are found by it", async () => {
  await using site = await startChangingSite();
  const record = join(folder, "film-record");
  await initRecord(record, { name: "Hollow Lane Residents" });
  await writeFile(join(record, "config.json"), JSON.stringify({ capture: { gapSeconds: 0, retries: 0 } }));
  await using opened = await openContext(record);
  const { context } = opened;
  const captured = async (path: string, text: string, film: Buffer): Promise<string> => {
    site.posts.set(path, { text, author: "Marrow & Daughters", likes: 3, film });
    const [outcome] = await captureAll(context, [`${site.origin}${path}`], { allowPrivate: true });
    assert.ok(outcome?.outcome === "sealed", JSON.stringify(outcome));
    return outcome.id;
  };
  const again = (film: Buffer) => {
    (site.posts.get("/post/1") as { film: Buffer }).film = film;
    return recaptureExhibit(context, id, { allowPrivate: true });
  };
  const id = await captured("/post/1", "The lanterns on Hollow Lane, as seen from number nine.", films.lane);
  const { fields } = await findExhibit(context, id);
  const about = fields["media2About"] as unknown as {
    readonly width: number;
    readonly perceptualHashes: { readonly algorithm: string; readonly frames: readonly unknown[] };
  };
  assert.deepEqual([about.width, about.perceptualHashes.algorithm], [640, "pdq"]);
  assert.equal(about.perceptualHashes.frames.length, 8);
  assert.ok(JSON.stringify(about).length < 1200);
  const same = await again(films.lean);
  const file = { field: "media2", mediaType: "video/webm" };
  assert.deepEqual([same.result, same.changes], ["unchanged", {}]);
  assert.deepEqual(same.comparison, { reencoded: [{ before: file, after: file }] });
  const swapped = await again(films.other);
  assert.deepEqual([swapped.result, swapped.changes], ["edited", { media: { removed: [file], added: [file] } }]);
  const other = await captured("/post/2", "Look what hangs there.", films.half);
  const { summary } = await findExhibit(context, other);
  const alike = await context.index.ask((raw) => likeExhibit(raw, summary.position, []));
  // The drawing beside it has no hash.
  assert.deepEqual(
    alike.map(({ exhibit, why }) => [exhibit.id, why]),
    [[id, "video-alike"]],
  );
});
