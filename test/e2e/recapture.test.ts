/** The same link once more, in a real browser: what changed, what is gone, what could not be seen, and that all of it is sealed. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import sharp from "sharp";
import { findExhibit } from "../../src/app/acts.ts";
import { audit } from "../../src/app/audit.ts";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import { eraseExhibit } from "../../src/app/erase-exhibit.ts";
import { exportExhibit } from "../../src/app/export-exhibit.ts";
import { historyOf } from "../../src/app/history.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { type OpenedRecord, openContext } from "../../src/app/open-record.ts";
import { type Recaptured, recaptureExhibit } from "../../src/app/recapture-exhibit.ts";
import { openField } from "../../src/app/shared-archive.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import { historyLines } from "../../src/cli/history-lines.ts";
import { emptyIndex } from "../../src/index/exhibit-index.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { openZip } from "../../src/verify/zip.ts";
import { type ChangingSite, piecesOf, startChangingSite } from "../changing-site.ts";
import { assertOthersRead } from "../conformance/readers.ts";
import { hasDigest, readWarc } from "../read-warc.ts";
import { lanterns } from "../sample-pictures.ts";

const DEEP = process.env["PLACARD_DEEP"] === "1";
const TEXT = "The lanterns on Hollow Lane stay dark until the hedges are cut, says the lot at number nine.";
const EDITED = TEXT.replace("dark", "lit");
let folder: string;
let record: string;
let opened: OpenedRecord;
let site: ChangingSite;
let number = 0;
/** Of a post through its life: what its page is captured again as, and where that leaves the post. */
type Stage = "unchanged" | "edited" | "mended" | "removed" | "unavailable" | "sign-in" | "failure";
interface Seen extends Recaptured {
  readonly standing: string | null;
}
/** It is looked at from many sides, and no test changes it. */
let life: {
  readonly id: string;
  /** By how many bytes the vault grew when it was captured again, and looked as it had before ("mended"). */
  readonly grown: number;
  readonly seen: ReadonlyMap<Stage, Seen>;
};

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-recapture-"));
  record = join(folder, "record");
  await initRecord(record, { name: "Hollow Lane Residents" });
  await writeFile(join(record, "config.json"), JSON.stringify({ capture: { gapSeconds: 0, retries: 0 } }));
  opened = await openContext(record);
  site = await startChangingSite();
  life = await throughItsLife();
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function captured(
  change: { plain?: boolean; cookie?: string; photo?: Buffer } = {},
): Promise<{ readonly id: string; readonly path: string }> {
  const path = `/post/${++number}`;
  site.posts.set(path, { text: TEXT, author: "Marrow & Daughters", likes: 3, ...change });
  const [outcome] = await captureAll(opened.context, [`${site.origin}${path}`], {
    allowPrivate: true,
    caseName: "Spring",
  });
  assert.ok(outcome?.outcome === "sealed", JSON.stringify(outcome));
  return { id: outcome.id, path };
}

function again(id: string): Promise<Recaptured> {
  return recaptureExhibit(opened.context, id, { allowPrivate: true });
}

function postAt(path: string) {
  return site.posts.get(path) ?? assert.fail("no such post");
}

async function standing(id: string): Promise<string | null> {
  return (await findExhibit(opened.context, id)).summary.standing;
}

async function throughItsLife(): Promise<typeof life> {
  const { id, path } = await captured();
  const post = postAt(path);
  const seen = new Map<Stage, Seen>();
  const see = async (stage: Stage, of = id): Promise<void> => {
    seen.set(stage, { ...(await again(of)), standing: await standing(id) });
  };
  post.likes = 44;
  await see("unchanged");
  post.text = EDITED;
  await see("edited");
  post.text = TEXT;
  const bytes = await bytesInVault();
  await see("mended", seen.get("edited")?.id);
  const grown = (await bytesInVault()) - bytes;
  post.instead = { status: 410, body: "<h1>This post was removed</h1>" };
  await see("removed");
  post.instead = { status: 200, body: "<title>Lantern Board</title><h1>This post is unavailable</h1>" };
  await see("unavailable");
  post.instead = {
    status: 200,
    body: '<title>Sign in</title><h1>Sign in to see this</h1><form><input type="text" name="user"><input type="password"></form>',
  };
  await see("sign-in");
  post.instead = { status: 503, body: "<p>Back soon." };
  await see("failure");
  return { id, grown, seen };
}

function seenAs(stage: Stage): Seen {
  return life.seen.get(stage) ?? assert.fail(stage);
}

test("still there: unchanged, though counts went up; a capture of its own, whose files are stored once", async () => {
  const { id } = life;
  const { result, changes, id: second, standing: stands } = seenAs("unchanged");
  assert.deepEqual([result, changes], ["unchanged", {}]);
  const first = await findExhibit(opened.context, id);
  const { fields } = await findExhibit(opened.context, second);
  const of = fields["recaptureOf"] as { id: string; leaf: string };
  assert.deepEqual([fields["act"], of.id, fields["case"]], ["recaptured", id, "Spring"]);
  assert.match(of.leaf, /^[0-9a-f]{64}$/);
  assert.equal(fields["postText"], first.fields["postText"]);
  assert.equal(stands, "unchanged");
});

test("a picture in another's place is an edit; the same one stored anew, at another address, is none", async () => {
  const photo = (seed: number) => {
    const { width, height, rgba } = lanterns(seed, 300, 200);
    return sharp(rgba, { raw: { width, height, channels: 4 } });
  };
  const { id, path } = await captured({ photo: await photo(1).png().toBuffer() });
  postAt(path).photo = await photo(1).jpeg({ quality: 60 }).toBuffer();
  const same = await again(id);
  assert.deepEqual([same.result, same.changes], ["unchanged", {}]);
  const [before, after] = ["image/png", "image/jpeg"].map((mediaType) => ({ field: "media2", mediaType }));
  assert.deepEqual(same.comparison, { reencoded: [{ before, after }] });
  postAt(path).photo = await photo(2).jpeg().toBuffer();
  const swapped = await again(id);
  assert.deepEqual([swapped.result, swapped.changes], ["edited", { media: { removed: [before], added: [after] } }]);
  delete postAt(path).photo;
  postAt(path).edited = new Date(Date.now() + 60_000).toISOString();
  const without = await again(id);
  assert.deepEqual(without.changes, {
    editedAt: { before: null, after: postAt(path).edited },
    media: { removed: [before] },
  });
  const { recaptures } = await historyOf(opened.context, id);
  const said = historyLines(recaptures, []).join("\n");
  for (const line of [
    "stored anew, and looks the same: media2 (image/png) of the first capture, now media2 (image/jpeg)",
    "media: [-media2 (image/png) of the first capture-]",
    "media: {+media2 (image/jpeg)+}",
    `editedAt: {+${postAt(path).edited}+}`,
  ])
    assert.ok(said.includes(line), `${line}\n${said}`);
});

test("what did not change is stored once: a revisit record in its place, and the earlier archive handed out with it", async () => {
  const { id, grown } = life;
  const { id: second } = seenAs("mended");
  assert.ok(grown < 60_000, "the picture of 200,000 bytes is there twice");
  const [first, { fields }] = [await findExhibit(opened.context, id), await findExhibit(opened.context, second)];
  assert.deepEqual(fields["earlierArchive"], first.fields["archive"]);
  assert.equal(fields["revisits"], 1);
  const [ours, earlier] = await Promise.all([recordsOf(fields["archive"]), recordsOf(first.fields["archive"])]);
  const [revisit] = ours.filter(({ type }) => type === "revisit");
  const payload = earlier.find(({ type, url }) => type === "response" && url === `${site.origin}/picture.svg`);
  assert.ok(revisit !== undefined && payload !== undefined);
  assert.equal(revisit.header("WARC-Profile"), "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
  for (const [ours, theirs] of [
    ["WARC-Refers-To", "WARC-Record-ID"],
    ["WARC-Refers-To-Date", "WARC-Date"],
    ["WARC-Refers-To-Target-URI", "WARC-Target-URI"],
    ["WARC-Payload-Digest", "WARC-Payload-Digest"],
  ] as const) {
    assert.equal(revisit.header(ours), payload.header(theirs), ours);
  }
  assert.ok(hasDigest(payload.payload, revisit.header("WARC-Payload-Digest") ?? ""));
  assert.ok(hasDigest(revisit.block, revisit.header("WARC-Block-Digest") ?? ""));
  assert.equal(revisit.payload.length, 0);
  assert.match(revisit.block.toString("latin1"), /^HTTP\/1\.1 200 OK\r\n(?:.+\r\n)+\r\n$/);
  assert.ok(
    ours.some(({ type, url }) => type === "response" && url === fields["url"]),
    "the page itself is always kept",
  );
});

test("a payload that came in chunks is stored once too, however it was cut, and every byte that came can be told", async (t) => {
  site.pictureChunks = 7_000;
  t.after(() => (site.pictureChunks = undefined));
  const { id } = await captured();
  const before = await bytesInVault();
  site.pictureChunks = 9_999;
  const { id: second } = await again(id);
  assert.ok((await bytesInVault()) - before < 60_000, "the picture of 200,000 bytes is there twice");
  const { fields } = await findExhibit(opened.context, second);
  assert.equal(fields["revisits"], 1);
  const [revisit] = (await recordsOf(fields["archive"])).filter(({ type }) => type === "revisit");
  assert.ok(revisit !== undefined && hasDigest(site.picture, revisit.header("WARC-Payload-Digest") ?? ""));
  const body = inChunks(site.picture, revisit.header("WARC-Placard-Chunks") ?? "");
  const sent = piecesOf(site.picture, 9_999).flatMap((piece) => [`${piece.length.toString(16)}\r\n`, piece, "\r\n"]);
  assert.deepEqual(body, Buffer.concat([...sent, "0\r\n\r\n"].map((part) => Buffer.from(part))));
  const open = join(folder, "chunks.placard");
  await exportExhibit(opened.context, second, open);
  const { verdict, checks } = await verifyFile(open);
  assert.equal(verdict, "holds", JSON.stringify(checks));
  assert.equal(checks.find(({ name }) => name === "archive revisits")?.state, "holds");
  assert.equal((await audit(opened.context)).verdict, "holds");
});

/** As docs/formats/recapture.md says how. */
function inChunks(payload: Uint8Array, said: string): Buffer {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const run of said.split(" ")) {
    const [size = "", times = "1"] = run.split("*");
    for (let each = 0; each < Number(times); each++) {
      const end = at + Number.parseInt(size, 16);
      parts.push(Buffer.from(`${size}\r\n`), payload.subarray(at, end), Buffer.from("\r\n"));
      at = end;
    }
  }
  return Buffer.concat(parts);
}

test("an archive with revisits holds where the earlier one is there, is withheld without it, and alone is not whole", async () => {
  const { id: second } = seenAs("unchanged");
  const file = join(folder, "again.placard");
  const stateOf = async (withheld: readonly string[]): Promise<readonly (string | undefined)[]> => {
    await exportExhibit(opened.context, second, file, withheld);
    const { verdict, checks } = await verifyFile(file);
    return [verdict, checks.find(({ name }) => name === "archive revisits")?.state];
  };
  assert.deepEqual(await stateOf([]), ["holds", "holds"]);
  assert.deepEqual(await stateOf(["earlierArchive"]), ["holds", "withheld"]);
  await exportExhibit(opened.context, second, file, ["archive"]);
  const { exhibit } = await verifyFile(file);
  assert.ok(!("earlierArchive" in (exhibit?.fields ?? {})), "the first capture's archive is handed out in its place");
  const { fields } = await findExhibit(opened.context, second);
  const bare = join(folder, "again.wacz");
  await writeFile(bare, Buffer.from(await (await blobOf(fields["archive"])).arrayBuffer()));
  const { verdict, checks } = await verifyFile(bare);
  assert.equal(verdict, "fails");
  assert.deepEqual(
    checks.map(({ name, state }) => [name, state]),
    [
      ["file", "holds"],
      ["archive contents", "holds"],
      ["archive signature", "absent"],
      ["archive revisits", "fails"],
    ],
  );
});

test("edited: what changed is in the act, before and after; a recapture of a recapture is of the first", async () => {
  const { result, changes } = seenAs("edited");
  assert.equal(result, "edited");
  assert.deepEqual(changes, { postText: { before: TEXT, after: EDITED } });
  const mended = seenAs("mended");
  assert.deepEqual([mended.of, mended.result], [life.id, "unchanged"]);
  const { recaptures } = await historyOf(opened.context, life.id);
  assert.deepEqual(
    recaptures.slice(0, 4).map((each) => each.result),
    ["unchanged", "edited", "unchanged", "gone"],
  );
});

test("gone: what the server answered to us is sealed, and proves itself", async () => {
  const gone = seenAs("removed");
  assert.deepEqual([gone.result, gone.cause], ["gone", "http_error"]);
  const { fields } = await findExhibit(opened.context, gone.id);
  assert.equal(fields["status"], 410);
  assert.ok(!("archive" in fields));
  assert.equal(gone.standing, "gone");
  const file = join(folder, "gone.placard");
  await exportExhibit(opened.context, gone.id, file);
  const verdict = await verifyFile(file);
  assert.equal(verdict.verdict, "holds", JSON.stringify(verdict.checks));
});

test("a soft 404 is gone too; a sign-in and a server's failure are not reachable, and what was known stands", () => {
  const cameTo = (["unavailable", "sign-in", "failure"] as const).map((stage) => {
    const { result, cause, standing } = seenAs(stage);
    return [result, cause, standing];
  });
  assert.deepEqual(cameTo, [
    ["gone", "gone", "gone"],
    ["not-reachable", "login", "gone"],
    ["not-reachable", "http_error", "gone"],
  ]);
});

test("a page without a post of its own is compared as a page, and nothing is called an edit", async () => {
  const { id, path } = await captured({ plain: true });
  postAt(path).likes = 9;
  assert.equal((await again(id)).result, "unchanged");
  postAt(path).text = EDITED;
  const { result, changes } = await again(id);
  assert.equal(result, "page-changed");
  assert.deepEqual((changes["visibleText"] as { removed: string[] }).removed, [TEXT]);
});

test("the index says the same when it is built anew", async () => {
  const before = await opened.context.index.list();
  await emptyIndex(opened.context.folder.index);
  assert.deepEqual(await opened.context.index.list(), before);
});

test("erasing the first capture erases its recaptures and its times, and leaves no trace; the index agrees when built anew", async () => {
  const { id, path } = await captured();
  const words = `Nobody will ever read of hedge ${number} again, said the lamplighter of the lane.`;
  postAt(path).text = words;
  const edited = await recaptureExhibit(opened.context, id, { allowPrivate: true, again: [86_400_000] });
  assert.equal((await opened.context.agenda.times(id)).length, 1);
  const erased = await eraseExhibit(opened.context, id, "asked for");
  assert.deepEqual(erased.recaptures, [edited.id]);
  assert.deepEqual(await opened.context.agenda.times(), []);
  await assert.rejects(again(id), (error) => isPlacardError(error, "erased"));
  const rows = await opened.context.index.list();
  await emptyIndex(opened.context.folder.index);
  assert.deepEqual(await opened.context.index.list(), rows);
  const { verdict, findings } = await audit(opened.context);
  assert.equal(verdict, "holds", JSON.stringify(findings));
  for (const file of await filesBelow(record)) {
    const bytes = await readFile(file);
    const url = `${site.origin}${path}`;
    for (const trace of [
      `${path}"`,
      words,
      `${url}\0`,
      Buffer.from(JSON.stringify(url)).toString("base64url").slice(4, -4),
    ])
      assert.ok(!bytes.includes(trace), `${file} still holds ${trace}`);
  }
});

test("whatever of a recapture is withheld, the verdict tells that it is, or may be", async () => {
  for (const { id: each } of [seenAs("edited"), seenAs("removed")]) {
    const { fields } = await findExhibit(opened.context, each);
    const apart = ["act", "result", "tileSeed", "privatePlaces", "archive", "screenshot", "visibleText"];
    const names = Object.keys(fields).filter((name) => !apart.includes(name));
    const file = join(folder, "closed.placard");
    await exportExhibit(opened.context, each, file, names);
    const { checks } = await verifyFile(file);
    const why = checks.find(({ name }) => name === "withheld")?.why ?? "";
    // The post's media are told by their count, `mediaFiles`.
    assert.deepEqual(
      names.filter((name) => !why.includes(name) && !/^media\d+(?:About)?$/.test(name)),
      [],
    );
    const open = join(folder, "open.placard");
    const media = names.filter((name) => /^media\d/.test(name));
    await exportExhibit(opened.context, each, open, media);
    const told = (await verifyFile(open)).checks.find(({ name }) => name === "withheld")?.why ?? "";
    assert.deepEqual(
      media.filter((name) => !told.includes(name)),
      [],
    );
  }
});

test("where the first capture's archive is held back, the one made for sharing stands alone: no revisit, no earlier archive", async () => {
  const { id, path } = await captured({ cookie: "walker=seeded-7c1f" });
  delete postAt(path).cookie;
  const bytes = await bytesInVault();
  const { id: second } = await again(id);
  assert.ok((await bytesInVault()) - bytes < 60_000, "the picture of 200,000 bytes is there twice");
  const { fields } = await findExhibit(opened.context, second);
  assert.equal(fields["revisits"], 1);
  const file = join(folder, "alone.placard");
  const { heldBack, withheld } = await exportExhibit(opened.context, second, file);
  assert.deepEqual([heldBack, withheld.includes("earlierArchive")], [["archive"], true]);
  const { verdict, checks } = await verifyFile(file);
  assert.equal(verdict, "holds");
  assert.equal(
    checks.find(({ name }) => name === "archive revisits"),
    undefined,
  );
  assert.ok(!(await readFile(file)).includes("seeded-7c1f"));
  const shared = await openField(opened.context.vault, fields, "sharedArchive");
  const records = await recordsOfBlob(shared ?? assert.fail("there is no shared archive"));
  const picture = records.find(({ type, url }) => type === "response" && url === `${site.origin}/picture.svg`);
  assert.ok(picture !== undefined && hasDigest(site.picture, picture.header("WARC-Payload-Digest") ?? ""));
  assert.deepEqual(Buffer.from(picture.payload), Buffer.from(site.picture));
  assert.ok(records.every(({ type }) => type !== "revisit"));
  assert.equal((await audit(opened.context)).verdict, "holds");
});

test("whatever of two captures is held back, the vault has an unchanged picture once, and each archive for sharing has it whole", async (t) => {
  const cookie = "walker=seeded-7c1f";
  // The first is, but for what it takes, what the test before this goes through.
  const CASES = [
    { title: "a cookie with the first page", first: { page: cookie } },
    { title: "a cookie with both pages", first: { page: cookie }, second: { page: cookie } },
    { title: "a cookie with the second page", second: { page: cookie } },
    { title: "a cookie with the picture", first: { picture: cookie }, second: { picture: cookie } },
  ] as const;
  for (const { title, first = {}, second = {} } of (CASES as readonly Cookies[]).filter(
    (_, i) => DEEP || i % 2 === 1,
  )) {
    const sizes = [await bytesInVault()];
    site.pictureCookie = first.picture;
    const { id, path } = await captured(first.page === undefined ? {} : { cookie: first.page });
    sizes.push(await bytesInVault());
    site.pictureCookie = second.picture;
    if (second.page === undefined) delete postAt(path).cookie;
    else postAt(path).cookie = second.page;
    const { id: recaptured } = await again(id);
    sizes.push(await bytesInVault());
    const [before = 0, between = 0, afterwards = 0] = sizes;
    t.diagnostic(`${title}: ${between - before} bytes in the vault, and ${afterwards - between} of the recapture`);
    assert.ok(afterwards - between < 60_000, `${title}: the picture of 200,000 bytes is there twice`);
    await assertSharedWhole(recaptured);
    await rm(join(folder, "whole.placard"));
  }
  site.pictureCookie = undefined;
  assert.equal((await audit(opened.context)).verdict, "holds");
});

interface Cookies {
  readonly title: string;
  readonly first?: { readonly page?: string; readonly picture?: string };
  readonly second?: { readonly page?: string; readonly picture?: string };
}

async function assertSharedWhole(id: string): Promise<void> {
  const file = join(folder, "whole.placard");
  const { withheld } = await exportExhibit(opened.context, id, file);
  assert.ok(withheld.includes("archive") && withheld.includes("earlierArchive"));
  const { verdict, checks } = await verifyFile(file);
  assert.equal(verdict, "holds", JSON.stringify(checks));
  assert.ok(!(await readFile(file)).includes("seeded-7c1f"));
  const { fields } = await findExhibit(opened.context, id);
  const shared = (await openField(opened.context.vault, fields, "sharedArchive")) ?? assert.fail("nothing is shared");
  const wacz = join(folder, "whole.wacz");
  await writeFile(wacz, Buffer.from(await shared.arrayBuffer()));
  const records = await assertOthersRead(wacz, join(folder, "whole.warc.gz"));
  assert.ok(records.every(({ type, block }) => type !== "revisit" && !block.includes("seeded-7c1f")));
  const picture = records.find(({ type, url }) => type === "response" && url === `${site.origin}/picture.svg`);
  assert.deepEqual(picture?.payload, Buffer.from(site.picture));
}

test("erased while it is captured again: nothing of that is kept, and no time is planned", async () => {
  const { id } = await captured();
  const size = (await opened.context.index.list()).length;
  let erasing: Promise<unknown> | undefined;
  const running = recaptureExhibit(opened.context, id, {
    allowPrivate: true,
    again: [86_400_000],
    onProgress: (step) => {
      if (step === "opening the page") erasing ??= eraseExhibit(opened.context, id, "asked for");
    },
  });
  await assert.rejects(running, (error) => isPlacardError(error, "erased"));
  await erasing;
  assert.deepEqual(await opened.context.agenda.times(id), []);
  const rows = (await opened.context.index.list()).slice(size - 1);
  assert.ok(
    rows.every(({ state, url }) => state === "erased" && url === null),
    JSON.stringify(rows),
  );
  assert.equal((await audit(opened.context)).verdict, "holds");
});

test("what was received was never captured, and so is not captured again", async () => {
  const { importFile } = await import("../../src/app/import-files.ts");
  const page = join(folder, "saved.html");
  await writeFile(page, "<!doctype html><title>Saved</title><p>A lantern.");
  const { id } = await importFile(opened.context, page, { from: "a neighbour" });
  await assert.rejects(again(id), (error) => isPlacardError(error, "usage"));
});

async function blobOf(ref: unknown): Promise<Blob> {
  return (await opened.context.vault.openBlob((ref as { sha256: string }).sha256)) ?? assert.fail("no such blob");
}

async function recordsOf(ref: unknown): Promise<Awaited<ReturnType<typeof readWarc>>> {
  return recordsOfBlob(await blobOf(ref));
}

async function recordsOfBlob(archive: Blob): Promise<Awaited<ReturnType<typeof readWarc>>> {
  const entry = (await openZip(archive)).find("archive/data.warc.gz") ?? assert.fail("no WARC file");
  const path = join(folder, `read-${++number}.warc.gz`);
  await writeFile(path, Buffer.from(await entry.packed.arrayBuffer()));
  return readWarc(path);
}

async function bytesInVault(): Promise<number> {
  const sizes = await Promise.all(
    (await filesBelow(join(record, "vault"))).map(async (file) => (await stat(file)).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
