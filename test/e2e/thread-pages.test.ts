/**
 * Threads as the common platforms show them: the post that is meant is found among its parent, answers, quotations, reposts
 * and deleted posts, cut out, and its facts are its own.
 */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "../../src/capture/browser/browser.ts";
import { readPicture } from "../../src/capture/picture/picture.ts";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { FACTS, MEANT_COLOUR } from "../../src/sample/threads/thread-page.ts";
import { THREAD_PAGES } from "../../src/sample/threads/thread-pages.ts";
import type { Picture } from "../../src/verify/picture.ts";
import { captureUrl } from "../conformance/capture-url.ts";
import { ownBrowser } from "../own-browser.ts";

let folder: string;
let browser: Browser;
let forum: Forum;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-threads-"));
  browser = await ownBrowser();
  forum = await startForum();
});
after(async () => {
  await forum.close();
  await rm(folder, { recursive: true });
});

/** Pixels of the colour that only the post that is meant has behind it. */
function coloured({ rgb }: Picture): number {
  let count = 0;
  for (let at = 0; at < rgb.length; at += 3) if (MEANT_COLOUR.every((value, i) => rgb[at + i] === value)) count += 1;
  return count;
}

/** Addresses of the forum's own as the expectations write them. */
function asExpected(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(forum.origin, ""));
}

for (const [name, { link, foundBy, facts, conflicts }] of Object.entries(THREAD_PAGES)) {
  test(`${name}: the post is found by ${foundBy}, and what is said of it is its own`, async () => {
    const captured = await captureUrl(forum.origin + link, browser, folder);
    const said = FACTS.flatMap((fact) => (captured.facts[fact] === undefined ? [] : [[fact, captured.facts[fact]]]));
    assert.deepEqual(asExpected(Object.fromEntries(said)), facts, JSON.stringify(captured.facts["factSources"]));
    assert.deepEqual(captured.facts["factConflicts"], conflicts);
    assert.equal((captured.facts["postElement"] as { foundBy: string }).foundBy, foundBy);
    const whole = await readPicture(await readFile(captured.files.screenshot));
    const { postPicture = assert.fail("no picture of the post") } = captured.files;
    const cut = await readPicture(await readFile(postPicture));
    // All of the colour is in it, and little besides: its border, words and pictures.
    assert.equal(coloured(cut), coloured(whole));
    assert.ok(coloured(cut) > 0.5 * cut.width * cut.height, `${coloured(cut)} of ${cut.width} × ${cut.height}`);
  });
}
