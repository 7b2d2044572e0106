/** A post's media as files of their own, and its other forms: asked for without disturbing anything, and heard with care. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { findExhibit } from "../../src/app/acts.ts";
import { audit } from "../../src/app/audit.ts";
import { captureAll } from "../../src/app/capture-exhibit.ts";
import { eraseExhibit } from "../../src/app/erase-exhibit.ts";
import { exportExhibit } from "../../src/app/export-exhibit.ts";
import { neverShown } from "../../src/app/held-back.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { type OpenedRecord, openContext } from "../../src/app/open-record.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import { throughGate } from "../../src/capture/browser/launch.ts";
import { openGate } from "../../src/capture/gate/gate.ts";
import { fetchForms, formsOf } from "../../src/capture/post/other-forms.ts";
import { ALWAYS_CAPTURED, SOMETIMES_CAPTURED } from "../../src/verify/withheld.ts";
import { ownBrowser } from "../own-browser.ts";
import { OTHER_TEXT, type PostSite, startPostSite, TEXT } from "../post-site.ts";

let folder: string;
let opened: OpenedRecord;
let site: PostSite;
let id: string;
let fields: Readonly<Record<string, unknown>>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-media-"));
  await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
  opened = await openContext(join(folder, "record"));
  site = await startPostSite();
  ({ id, fields } = await capture("/p/1"));
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function capture(path: string) {
  const [outcome] = await captureAll(opened.context, [site.origin + path], { allowPrivate: true });
  assert.equal(outcome?.outcome, "sealed", JSON.stringify(outcome));
  const sealed = (outcome as { readonly id: string }).id;
  return { id: sealed, fields: (await findExhibit(opened.context, sealed)).fields };
}

interface About {
  readonly url: string;
  readonly width?: number;
  readonly perceptualHash?: { readonly algorithm: string; readonly hash: string };
  readonly notHashed?: string;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const shaOf = (name: string): string => (fields[name] as { sha256: string }).sha256;

test("each picture and sound of the post that came whole is a file, byte for byte, without content coding", () => {
  const kept = Array.from({ length: 12 }, (_, i) => fields[`media${i + 1}About`] as About | undefined);
  const paths = kept.flatMap((about) => (about === undefined ? [] : [about.url.slice(site.origin.length)]));
  assert.deepEqual(paths.toSorted(), ["/a.png", "/c", "/d.avif", "/e.gif", "/f.svg", "/sent", "/sound.wav"]);
  for (const [i, path] of paths.entries()) {
    const bytes = site.pictures[path === "/sent" ? "/b.jpg" : path];
    if (bytes !== undefined) assert.equal(shaOf(`media${i + 1}`), sha256(bytes), path);
    const about = kept[i] as About;
    const isHashed = !["/f.svg", "/sound.wav"].includes(path);
    assert.equal(about.perceptualHash?.hash.length, isHashed ? 64 : undefined, path);
    assert.equal(about.width, isHashed ? 320 : undefined, path);
  }
});

test("what did not come whole is named with the reason, and what is not the post's is not there", () => {
  const missing = fields["mediaMissing"] as readonly { readonly url: string; readonly why: string }[];
  assert.deepEqual(
    missing.map(({ url, why }) => [url.slice(site.origin.length), why]),
    [
      ["/gone.png", "The server answered with 404."],
      ["/cut.png", "It was not received to its end."],
    ],
  );
  const all = JSON.stringify(fields);
  for (const path of ["/face.png", "/beside.png"]) {
    assert.ok(!all.includes(sha256(site.pictures[path] as Buffer)), path);
  }
});

test("a verdict can tell of each field that it may be withheld", () => {
  const told = new Set<string>([...ALWAYS_CAPTURED, ...SOMETIMES_CAPTURED, "archive", "screenshot", "visibleText"]);
  const never = neverShown(fields);
  const untold = Object.keys(fields).filter((name) => !told.has(name) && !/^media\d+(?:About)?$/.test(name));
  assert.deepEqual(untold.toSorted(), ["act", ...never].toSorted());
});

test("each file is withheld, audited and erased by itself, and its hash with it", async () => {
  const file = join(folder, "one.placard");
  const { withheld } = await exportExhibit(opened.context, id, file, ["media2", "archive"]);
  assert.ok(withheld.includes("media2About"));
  const verdict = await verifyFile(file);
  assert.equal(verdict.verdict, "holds");
  assert.ok(verdict.checks.some(({ name, state }) => name === "media1" && state === "holds"));
  assert.ok(!verdict.checks.some(({ name }) => name === "media2"));
  const told = verdict.checks.find(({ name }) => name === "withheld");
  assert.equal(told?.state, "withheld");
  assert.match(told?.why ?? "", /^Withheld: .*media2.* and .*media2About/);
  assert.ok(!JSON.stringify(verdict.exhibit).includes((fields["media2About"] as About).url));
  await exportExhibit(opened.context, id, file, ["media"]);
  const shown = (await verifyFile(file)).exhibit?.fields ?? {};
  assert.deepEqual(
    Object.keys(shown).filter((name) => /^media(?:\d+About|Missing)?$/.test(name)),
    [],
  );
  await exportExhibit(opened.context, id, file, ["url"]);
  assert.deepEqual(
    Object.keys((await verifyFile(file)).exhibit?.fields ?? {}).filter((name) => /Link$|^atUri$|Addresses/.test(name)),
    [],
  );
});

test("other forms are asked for once the picture is taken, without cookies or a referrer, and are in the archive", async () => {
  const asked = (path: string) => site.asked.find((one) => one.path === path)?.headers ?? assert.fail(path);
  assert.equal(asked("/statuses/1").accept, "application/activity+json");
  assert.equal(asked("/oembed").accept, "application/json");
  assert.match(asked("/xrpc/app.bsky.feed.getPostThread").cookie ?? "", /who=me/, "the page's own requests have it");
  for (const path of ["/statuses/1", "/oembed"]) {
    assert.deepEqual([asked(path).cookie, asked(path).referer], [undefined, undefined], path);
  }
  assert.equal(site.asked.filter(({ path }) => path === "/").length, 0, "the page they are asked for from is not");
  const archive = await opened.context.vault.openBlob(shaOf("archive"));
  assert.ok(archive !== undefined);
  const requests = fields["requests"] as { recorded: number };
  assert.equal(requests.recorded, site.asked.filter(({ path }) => path !== "/favicon.ico").length);
});

test("their facts stand beside the page's own, each with its source and address; where they differ, that is shown", () => {
  const sources = fields["factSources"] as Record<string, readonly string[]>;
  assert.deepEqual(sources["postText"], ["ActivityStreams (fetched)", "AT Protocol (fetched)", "microformats"]);
  assert.equal(fields["editedAt"], "2026-05-01T11:30:00Z");
  assert.equal(fields["likes"], 11, "of this post, not of its answer");
  assert.deepEqual((fields["factConflicts"] as Record<string, unknown>)["author"], [
    { source: "oEmbed", value: "Somebody Else" },
  ]);
  assert.deepEqual(fields["factAddresses"], {
    "ActivityStreams (fetched)": `${site.origin}/statuses/1`,
    "AT Protocol (fetched)": `${site.origin}/xrpc/app.bsky.feed.getPostThread?uri=x`,
    oEmbed: `${site.origin}/oembed?url=${encodeURIComponent(`${site.origin}/p/1`)}`,
  });
  assert.equal(fields["postText"], TEXT);
  assert.ok(!JSON.stringify(fields["factConflicts"]).includes(OTHER_TEXT));
});

test("forms of another post, of no form at all, or that never end change nothing and fail nothing", async () => {
  const { fields: others } = await capture("/p/others");
  assert.deepEqual([others["postText"], others["factAddresses"]], [TEXT, undefined]);
  const { fields: html } = await capture("/p/html");
  assert.deepEqual([html["postText"], html["factAddresses"]], [TEXT, undefined]);
  assert.ok(!site.asked.some(({ path }) => path === "/was-run"), "nothing of it is run");
  const started = performance.now();
  const { fields: slow } = await capture("/p/slow");
  assert.deepEqual([slow["postText"], slow["factAddresses"]], [TEXT, undefined]);
  assert.ok(performance.now() - started < 20_000);
});

test("they go by way of the gate, and nowhere it does not lead", async () => {
  const found = await ownBrowser();
  const forms = formsOf({ activityLink: `${site.origin}/statuses/1?gate`, oembedLink: `${site.origin}/oembed?gate` });
  const reached = (): number => site.asked.filter(({ path }) => ["/statuses/1", "/oembed"].includes(path)).length;
  for (const isOpen of [false, true]) {
    await using gate = await openGate({ mayReach: () => isOpen });
    const browser = await chromium.launch({
      executablePath: found.path,
      env: found.env,
      args: [...throughGate(gate.port)],
    });
    const before = reached();
    await fetchForms(browser, forms);
    assert.equal(gate.refusalOf("127.0.0.1"), isOpen ? undefined : "private");
    assert.equal(reached() - before, isOpen ? 2 : 0);
    assert.equal(browser.contexts().length, 0, "nothing of it stays");
    await browser.close();
  }
});

test("erasing takes the files too, and an audit misses one that is gone", async () => {
  const names = Object.keys(fields).filter((name) => /^media\d+$/.test(name));
  assert.equal(names.length, 7);
  const again = await capture("/p/1");
  const own = (again.fields["media1"] as { sha256: string }).sha256;
  assert.equal(own, shaOf("media1"), "the same bytes are one blob");
  await eraseExhibit(opened.context, id, "asked for");
  assert.equal(await opened.context.vault.hasBlob(own), true, "another exhibit has it still");
  assert.equal((await audit(opened.context)).verdict, "holds");
  await opened.context.vault.removeBlob(own);
  const { findings } = await audit(opened.context);
  assert.ok(findings.some(({ what, state, field }) => what === "blob" && state === "missing" && field === "media1"));
  await eraseExhibit(opened.context, again.id, "asked for");
  for (const name of names) assert.equal(await opened.context.vault.hasBlob(shaOf(name)), false, name);
});
