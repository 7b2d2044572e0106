/** Exhibits for a house, sealed without a browser; all content is invented. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sealCapture } from "../../src/app/capture-exhibit.ts";
import { openContext } from "../../src/app/open-record.ts";
import { seal } from "../../src/app/seal.ts";
import { commitScreenshot } from "../../src/capture/picture/picture.ts";
import { encodePng } from "../../src/capture/picture/png-writer.ts";
import { utf8 } from "../../src/lib/bytes.ts";
import type { JsonObject } from "../../src/lib/json.ts";
import { inStrips } from "../../src/verify/picture.ts";
import { ARCHIVE_KEY } from "../placard-fixture.ts";
import { waczMembers, zipOf } from "../wacz-fixture.ts";

export const POST: JsonObject = {
  url: "https://townsquare.example/p/88213",
  finalUrl: "https://townsquare.example/p/88213",
  redirects: [],
  status: 200,
  capturedAt: "2026-03-15T08:11:52.000Z",
  browser: { name: "Chromium", version: "147.0" },
  software: { name: "placard", version: "0.1.0" },
  byteRecord: "network-log",
  platform: "Townsquare",
  title: "Notice board",
  author: "A Neighbour",
  postText: "We were here before the lane had a name.",
  postTextVisible: true,
  postedAt: "2026-03-14T21:07:00Z",
  factSources: { postText: ["JSON-LD", "OpenGraph"], author: ["JSON-LD"] },
};

export interface MediaSealed {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** Seals one capture for each of `posts`; returns their ids. `cut`: whether the post was cut out of its page. */
export async function sealPosts(
  folder: string,
  posts: readonly JsonObject[],
  media: readonly MediaSealed[] = [],
  cut = false,
): Promise<readonly string[]> {
  await using opened = await openContext(folder);
  const at = (name: string): string => join(folder, `${name}.tmp`);
  const rgb = new Uint8Array(3 * 640 * 900).map((_, i) => (i * 7) % 251);
  await writeFile(at("archive"), await zipOf(waczMembers({ key: ARCHIVE_KEY })));
  await writeFile(at("screenshot"), await encodePng({ width: 640, height: 900, rgb }));
  await writeFile(at("text"), "We were here before the lane had a name.\n<script>alert(1)</script>\n");
  for (const [i, { bytes }] of media.entries()) await writeFile(at(`media${i}`), bytes);
  const files = {
    archive: at("archive"),
    screenshot: at("screenshot"),
    text: at("text"),
    ...(cut ? { postPicture: at("screenshot") } : {}),
    media: media.map(({ mediaType, bytes }, i) => ({
      path: at(`media${i}`),
      mediaType,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      kind: undefined,
      url: `https://townsquare.example/media/${i}`,
    })),
  };
  const seed = utf8("thirty-two bytes that stay here.");
  const tiles = { seed, screenshotTiles: await commitScreenshot(inStrips({ width: 640, height: 900, rgb }), seed) };
  const ids: string[] = [];
  for (const facts of posts) {
    const { case: caseName, note, ...rest } = facts;
    const remarks = {
      ...(typeof caseName === "string" ? { caseName } : {}),
      ...(typeof note === "string" ? { note } : {}),
    };
    const page = { files, facts: rest, tiles };
    ids.push((await sealCapture(opened.context, page, remarks)).id);
  }
  return ids;
}

/** Seals acts that have no files. */
export async function sealActs(folder: string, acts: readonly JsonObject[]): Promise<readonly string[]> {
  await using opened = await openContext(folder);
  const ids: string[] = [];
  for (const act of acts) ids.push((await seal(opened.context, { act: "captured", ...act })).id);
  return ids;
}
