/** A post's videos that came in several answers: one file, what is missing asked for, and all of it to be made again from the archive. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findExhibit } from "../../src/app/acts.ts";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import { exportExhibit } from "../../src/app/export-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { type OpenedRecord, openContext } from "../../src/app/open-record.ts";
import { openZip } from "../../src/verify/zip.ts";
import { rebuild, type ToldPart } from "../rebuild.ts";
import { CLIP, FRAGMENTED, LONG, SOUND, STREAMED, startVideoSite, UNTOLD, type VideoSite } from "../video-site.ts";

let folder: string;
let opened: OpenedRecord;
let site: VideoSite;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-video-"));
  await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
  await writeFile(join(folder, "record", "config.json"), JSON.stringify({ capture: { seconds: 24 } }));
  opened = await openContext(join(folder, "record"));
  site = await startVideoSite();
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

interface Kept {
  readonly url: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly joined?: {
    readonly of: string;
    readonly playlists?: readonly { readonly url: string; readonly digest: string; readonly fetched?: true }[];
    readonly parts: readonly (ToldPart & { readonly fetched?: true })[];
  };
}

async function capture(path: string) {
  const [outcome] = await captureAll(opened.context, [site.origin + path], { allowPrivate: true });
  assert.equal(outcome?.outcome, "sealed", JSON.stringify(outcome));
  const { id } = outcome as { readonly id: string };
  const { fields } = await findExhibit(opened.context, id);
  const files = Array.from({ length: Number(fields["mediaFiles"] ?? 0) }, (_, i) => ({
    ...(fields[`media${i + 1}`] as object),
    ...(fields[`media${i + 1}About`] as object),
  })) as unknown as readonly Kept[];
  const missing = (fields["mediaMissing"] ?? []) as readonly { readonly url: string; readonly why: string }[];
  return { id, fields, files, missing };
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Each file that was put together, from what is handed out and nothing else. */
async function assertRebuilt(id: string, files: readonly Kept[]): Promise<void> {
  const target = join(folder, "handed-out.placard");
  await exportExhibit(opened.context, id, target);
  const { entries } = await openZip(await openAsBlob(target));
  const { fields } = await findExhibit(opened.context, id);
  const { sha256: archive } = fields["archive"] as { readonly sha256: string };
  const wacz = entries.find(({ name }) => name === `blobs/${archive}`);
  assert.ok(wacz !== undefined);
  for (const { joined, sha256: hash, url } of files)
    if (joined !== undefined) {
      assert.equal(sha256(await rebuild(wacz.packed, joined.parts)), hash, url);
      for (const { digest } of joined.playlists ?? [])
        assert.equal(String(await rebuild(wacz.packed, [{ digest, from: 0, bytes: 7 }])), "#EXTM3U");
    }
}

test("what came in ranges is one file; the rest of it is asked for, and what cannot be had is said", async () => {
  const { id, fields, files, missing } = await capture("/ranges");
  assert.deepEqual(
    files.map((file) => [file.url.replace(site.origin, ""), file.sha256]),
    [
      [`http://localhost:${new URL(site.origin).port}/long.wav`, sha256(LONG)],
      ["/sent-on", sha256(CLIP)],
      ["/untold.webm", sha256(UNTOLD[0] as Buffer)],
      ["/weak.webm", sha256(UNTOLD[1] as Buffer)],
    ],
  );
  const [sound, clip, ...untold] = files;
  for (const { joined, sha256: hash } of untold) {
    const parts = [{ digest: `sha256:${hash}`, from: 0, bytes: CLIP.length, fetched: true }];
    assert.deepEqual(joined, { of: "ranges", parts }, "parts of who knows what are not put together");
  }
  const inOne = [{ digest: `sha256:${sha256(LONG)}`, from: 0, bytes: LONG.length, fetched: true }];
  assert.deepEqual(sound?.joined, { of: "ranges", parts: inOne }, "whose doing it is, is told of one answer too");
  assert.equal(clip?.joined?.of, "ranges");
  assert.deepEqual(
    clip?.joined?.parts.map(({ from, bytes, fetched }) => [from, bytes, fetched]),
    [
      [0, 300, undefined],
      [100, 200, undefined],
      [0, 300, true],
      [0, CLIP.length - 800, true],
    ],
  );
  const versions = "What came of it is of different versions, and none came whole.";
  assert.deepEqual(
    missing.map(({ url, why }) => [url.slice(site.origin.length), why]),
    [
      ["/changing.webm", versions],
      ["/guarded.webm", "Only a part of it was fetched."],
      ["/lying.webm", "What came in several answers is not the same in all."],
      ["/unasked.webm", "The page did not fetch it."],
    ],
  );
  const ours = site.asked.filter(({ headers }) => headers["accept-language"] === "*");
  assert.ok(ours.length > 0);
  for (const { headers } of ours) assert.deepEqual([headers.cookie, headers.referer], [undefined, undefined]);
  assert.ok(!site.asked.some(({ path }) => path === "/unasked.webm" || path === "/"));
  const { recorded } = fields["requests"] as { readonly recorded: number };
  assert.equal(
    recorded,
    site.asked.filter(({ path }) => path !== "/favicon.ico").length,
    "all of it is in the archive",
  );
  await assertRebuilt(id, files);
});

const told = (kept: Kept | undefined): unknown => ({
  of: kept?.joined?.of,
  playlists: kept?.joined?.playlists?.map(({ url }) => url.slice(site.origin.length)),
  fetched: kept?.joined?.parts.map(({ fetched }) => fetched === true),
});

test("of what a script plays the segments that it did not fetch are asked for, of the variant that it played", async () => {
  const { id, files, missing } = await capture("/stream");
  assert.deepEqual(missing, []);
  assert.deepEqual(
    files.map(({ sha256: hash, mediaType }) => [hash, mediaType]),
    [[sha256(STREAMED), "video/mp2t"]],
  );
  assert.match(files[0]?.url ?? "", /^blob:/);
  const fetched = [true, false, false, true, true];
  assert.deepEqual(told(files[0]), { of: "playlist", playlists: ["/s/master.m3u8", "/s/high.m3u8"], fetched });
  assert.ok(!site.asked.some(({ path }) => path === "/s/best.m3u8"));
  await assertRebuilt(id, files);
});

test("of a playlist that is the post's video the best variant is asked for, with its sound; what is encrypted, live or torn is none", async () => {
  const { id, files, missing } = await capture("/direct");
  assert.deepEqual(
    files.map(({ sha256: hash, mediaType }) => [hash, mediaType]),
    [
      [sha256(FRAGMENTED), "video/mp4"],
      [sha256(SOUND), "audio/mp4"],
    ],
  );
  assert.deepEqual(told(files[0]), {
    of: "playlist",
    playlists: ["/d/master.m3u8", "/d/best.m3u8"],
    fetched: [true, true, true, true],
  });
  assert.deepEqual(
    missing.map(({ url, why }) => [url.slice(site.origin.length), why]),
    [
      ["/live.m3u8", "It was still going on when it was captured: the list of its parts has no end."],
      ["/locked.m3u8", "It is encrypted."],
      ["/torn.m3u8", "It came in parts, and some of them are missing; those that came are in the archive."],
    ],
  );
  const ours = site.asked.filter(({ headers }) => headers["accept-language"] === "*").map(({ path }) => path);
  assert.ok(!ours.includes("/key"));
  await assertRebuilt(id, files);
});

test("where the page fetched lists of two videos, neither is taken for the post's", async () => {
  const { files, missing } = await capture("/two");
  assert.equal(files.length, 0);
  assert.match(missing[0]?.why ?? "", /several videos in pieces/);
});

test("an advertisement that came in segments beside a longer video of the post is not taken for it", async () => {
  const { files, missing } = await capture("/advert");
  assert.equal(files.length, 0);
  assert.match(missing[0]?.why ?? "", /not as long as what is played in the post/);
});

test("a server that stops in the middle costs a bounded time and no exhibit", async () => {
  const started = performance.now();
  const { files, missing } = await capture("/stalling");
  assert.deepEqual([files.length, missing.map(({ why }) => why)], [0, ["Only a part of it was fetched."]]);
  assert.ok(performance.now() - started < 45_000);
});
