/** The post out of its page: in each kind of thread the right one of ten, its facts, and a picture of the same pixels. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findExhibit } from "../../src/app/acts.ts";
import { audit } from "../../src/app/audit.ts";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import { eraseExhibit } from "../../src/app/erase-exhibit.ts";
import { exportExhibit } from "../../src/app/export-exhibit.ts";
import { neverShown } from "../../src/app/held-back.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { type OpenedRecord, openContext } from "../../src/app/open-record.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import { readPicture } from "../../src/capture/picture/picture.ts";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { KINDS, POSTS, type SamplePost } from "../../src/sample/platforms.ts";

let folder: string;
let opened: OpenedRecord;
let forum: Forum;
const sealed = new Map<string, { readonly id: string; readonly fields: Readonly<Record<string, unknown>> }>();
const post = POSTS[3] as SamplePost;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-post-"));
  await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
  // All of these are on one host, which is our own.
  const pace = { perHost: 2, gapSeconds: 0, retries: 0 };
  await writeFile(join(folder, "record", "config.json"), JSON.stringify({ capture: pace }));
  opened = await openContext(join(folder, "record"));
  forum = await startForum();
  const links = Object.entries(KINDS).map(([name, kind]) => ({ name, url: forum.origin + kind.link(post) }));
  const outcomes = await captureAll(
    opened.context,
    links.map(({ url }) => url),
    { allowPrivate: true },
  );
  for (const [i, outcome] of outcomes.entries()) {
    assert.equal(outcome.outcome, "sealed", JSON.stringify(outcome));
    const { id } = outcome as { id: string };
    sealed.set(links[i]?.name as string, { id, fields: (await findExhibit(opened.context, id)).fields });
  }
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await forum.close();
  await rm(folder, { recursive: true, force: true });
});

function fieldsOf(name: string): Readonly<Record<string, unknown>> {
  return sealed.get(name)?.fields ?? assert.fail(`no ${name}`);
}

async function pixels(ref: unknown) {
  const blob = await opened.context.vault.openBlob((ref as { sha256: string }).sha256);
  return await readPicture(new Uint8Array((await blob?.arrayBuffer()) ?? assert.fail("no picture")));
}

test("in every kind of thread the element is found as it can be, and cut out of the page's own picture", async () => {
  for (const [name, { foundBy }] of Object.entries(KINDS)) {
    const { postElement, postPicture, screenshot } = fieldsOf(name);
    const box = postElement as { foundBy: string; x: number; y: number; width: number; height: number };
    assert.equal(box.foundBy, foundBy, `${name}: ${JSON.stringify(postElement)}`);
    assert.equal(postPicture === undefined, foundBy === "nothing", name);
    if (postPicture === undefined) continue;
    const [cut, whole] = [await pixels(postPicture), await pixels(screenshot)];
    assert.deepEqual([cut.width, cut.height], [box.width, box.height], name);
    assert.ok(box.width * box.height < (whole.width * whole.height) / 3, `${name}: not the page`);
    for (let row = 0; row < cut.height; row++) {
      const from = 3 * ((box.y + row) * whole.width + box.x);
      const line = cut.rgb.subarray(3 * row * cut.width, 3 * (row + 1) * cut.width);
      assert.ok(Buffer.from(line).equals(whole.rgb.subarray(from, from + line.length)), `${name}: row ${row}`);
    }
  }
});

test("facts come from the post that the link names, each with its sources", () => {
  for (const [name, { textFrom }] of Object.entries(KINDS)) {
    const fields = fieldsOf(name);
    const sources = fields["factSources"] as Record<string, readonly string[]>;
    assert.equal(sources["postText"]?.[0], textFrom, name);
    assert.equal(fields["postText"], textFrom && post.text, name);
  }
  for (const name of ["microblog", "atApp", "bigPlatform", "board"]) {
    assert.equal(fieldsOf(name)["reposts"], 8, `${name}: this post's own count, told beside its words`);
  }
  const microblog = fieldsOf("microblog");
  assert.equal(microblog["author"], post.author);
  assert.equal(microblog["editedAt"], post.edited);
  assert.equal(microblog["edited"], true);
  assert.equal(microblog["likes"], 4);
  assert.deepEqual(microblog["factConflicts"], undefined, "one moment in two zones, one text shortened: no conflict");
  assert.deepEqual((microblog["factSources"] as Record<string, unknown>)["postedAt"], [
    "ActivityStreams",
    "microformats",
  ]);
  assert.equal(fieldsOf("atApp")["handle"], "neighbour4");
  assert.equal(fieldsOf("video")["views"], 400);
  assert.deepEqual(fieldsOf("board")["timesWithoutZone"], ["postedAt"]);
});

test("what sources say differently is sealed, and not handed out where the fact is withheld", async () => {
  const { id, fields } = sealed.get("bigPlatform") ?? assert.fail();
  assert.deepEqual(fields["factConflicts"], { author: [{ source: "OpenGraph", value: "Somebody Else" }] });
  const file = join(folder, "big.placard");
  const { withheld } = await exportExhibit(opened.context, id, file, ["author"]);
  assert.ok(withheld.includes("factConflicts"));
  const verdict = await verifyFile(file);
  assert.equal(verdict.verdict, "holds");
  assert.ok(verdict.checks.some(({ name, state }) => name === "postPicture" && state === "holds"));
  assert.ok(!JSON.stringify(verdict.exhibit).includes("Somebody Else"));
  await exportExhibit(opened.context, id, file, ["postPicture"]);
  assert.equal((await verifyFile(file)).exhibit?.fields["postPicture"], undefined);
});

test("whichever field a capture is handed out without, the verdict names it", async () => {
  const seen = new Set<string>();
  const file = join(folder, "without.placard");
  for (const { id, fields } of sealed.values()) {
    const never = neverShown(fields);
    for (const name of Object.keys(fields).filter((field) => !never.includes(field) && !seen.has(field))) {
      seen.add(name);
      await exportExhibit(opened.context, id, file, [name, ...(name === "factSources" ? [] : ["factSources"])]);
      const { verdict, checks } = await verifyFile(file);
      assert.equal(verdict, "holds", name);
      const told = checks.some(
        (check) =>
          (check.name === name && check.state === "withheld") ||
          (check.name === "withheld" && check.why.split(/[^a-zA-Z0-9]+/).includes(name === "act" ? "act" : name)),
      );
      assert.ok(told, `${name}: ${checks.find((check) => check.name === "withheld")?.why}`);
    }
  }
  assert.ok(seen.size > 30);
});

test("erasing takes the post's picture too, and an audit misses it where somebody else did", async () => {
  const erased = sealed.get("video") ?? assert.fail();
  const shaOf = (name: string): string => (fieldsOf(name)["postPicture"] as { sha256: string }).sha256;
  await eraseExhibit(opened.context, erased.id, "asked for");
  assert.equal(await opened.context.vault.hasBlob(shaOf("video")), false);
  assert.equal((await audit(opened.context)).verdict, "holds");
  await opened.context.vault.removeBlob(shaOf("news"));
  const { verdict, findings } = await audit(opened.context);
  assert.equal(verdict, "fails");
  assert.ok(
    findings.some(({ what, state, field }) => what === "blob" && state === "missing" && field === "postPicture"),
  );
});
