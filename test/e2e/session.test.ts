/** Captures under a session, and that nothing of it is in anything handed out: every byte of it is looked through. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { findExhibit } from "../../src/app/acts.ts";
import { audit } from "../../src/app/audit.ts";
import { type CaptureOutcome, captureAll } from "../../src/app/capture-exhibit.ts";
import { eraseExhibit } from "../../src/app/erase-exhibit.ts";
import { exportExhibit } from "../../src/app/export-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { type OpenedRecord, openContext } from "../../src/app/open-record.ts";
import { printExhibits } from "../../src/app/print-placards.ts";
import { forgetSession, keepSession, listSessions, sessionNamed } from "../../src/app/sessions.ts";
import { openField } from "../../src/app/shared-archive.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { openZip, readMember } from "../../src/verify/zip.ts";
import { keepMemberSessionIn } from "../member-session.ts";
import { findSeeds } from "../seeded-secrets.ts";
import { toldByVerb } from "../told-by-verb.ts";
import { HIDE, MEMBER, type MembersSite, SEEDS, SHORT_NAMES, serveMembers } from "./members-site.ts";

let folder: string;
let opened: OpenedRecord;
let site: MembersSite;
let sealed: { readonly id: string; readonly fields: Readonly<Record<string, unknown>> };

/** As they may stand anywhere, with and without the percent signs of a cookie. */
const PLAIN = [
  ...Object.values(SEEDS),
  ...Object.values(SHORT_NAMES),
  decodeURIComponent(SEEDS.session),
  MEMBER.handle,
  MEMBER.name,
  MEMBER.password,
];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-session-"));
  await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
  opened = await openContext(join(folder, "record"));
  site = await serveMembers();
  await keepMemberSessionIn(opened.context, "lantern", site, [
    { origin: site.origin, localStorage: [{ name: "auth", value: JSON.stringify({ accessToken: SEEDS.stored }) }] },
  ]);
  const [outcome] = await capture(site.link, "lantern");
  const { id } = sealedOf(outcome);
  sealed = { id, fields: (await findExhibit(opened.context, id)).fields };
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function capture(url: string, session?: string): Promise<readonly CaptureOutcome[]> {
  return captureAll(opened.context, [url], { allowPrivate: true, ...(session === undefined ? {} : { session }) });
}

function sealedOf(outcome: CaptureOutcome | undefined): { readonly id: string } {
  assert.equal(outcome?.outcome, "sealed", JSON.stringify(outcome));
  return outcome as { readonly id: string } & CaptureOutcome;
}

async function exported(id: string, withhold: readonly string[] = [], show: readonly string[] = []): Promise<string> {
  const file = join(folder, `${id}-${withhold.length}-${show.join("-")}.placard`);
  await exportExhibit(opened.context, id, file, withhold, show);
  return file;
}

/** By its id, each record of an archive, with its headers. */
async function recordsOf(fields: Readonly<Record<string, unknown>>, name: string): Promise<Map<string, Buffer>> {
  const archive = (await openField(opened.context.vault, fields as never, name)) ?? assert.fail(name);
  const packed = (await openZip(archive)).find("archive/data.warc.gz") ?? assert.fail();
  const warc = gunzipSync(await readMember(packed, 1 << 26));
  const records = new Map<string, Buffer>();
  for (let at = 0; at < warc.length; ) {
    const end = warc.indexOf("\r\n\r\n", at) + 4;
    const head = warc.toString("latin1", at, end);
    const next = end + Number(/^Content-Length: (\d+)/im.exec(head)?.[1]) + 4;
    records.set(/^WARC-Record-ID: (.*)\r$/m.exec(head)?.[1] ?? "", warc.subarray(at, next));
    at = next;
  }
  return records;
}

test("the page is captured as the member sees it, and the original has all of it", async () => {
  const { fields } = sealed;
  assert.equal(fields["session"], true);
  assert.match(String(fields["title"]), /Mara/);
  // To sign in, nobody was asked anything; and each request is recorded.
  assert.match(site.asked[0]?.path ?? "", /^\/p\/1/);
  const talks = 1;
  assert.equal((fields["requests"] as { recorded: number }).recorded, site.asked.length + talks);
  const text = await (await openField(opened.context.vault, fields as never, "visibleText"))?.text();
  assert.match(text ?? "", /All is loaded\./);
  const archive = (await openField(opened.context.vault, fields as never, "archive")) ?? assert.fail();
  const found = await findSeeds("original", new Uint8Array(await archive.arrayBuffer()), PLAIN);
  const missing = PLAIN.filter((seed) => !found.some((line) => line.endsWith(`: ${seed}`)));
  // Nobody signed in here, and the refresh token lies in IndexedDB only.
  assert.deepEqual(missing, [SEEDS.indexed, MEMBER.password]);
});

test("seeded secrets found in anything handed out: 0", async (t) => {
  const file = await exported(sealed.id);
  assert.deepEqual(await findSeeds("file", await readFile(file), PLAIN), []);
  const verdict = await verifyFile(file);
  assert.equal(verdict.verdict, "holds", JSON.stringify(verdict.checks));
  const state = (name: string): unknown => verdict.checks.find((check) => check.name === name)?.state;
  assert.deepEqual(
    [
      "archive",
      "screenshot",
      "visibleText",
      "sharedArchive",
      "sharedArchive contents",
      "sharedArchive signature",
      "sharedText",
    ].map(state),
    ["withheld", "withheld", "withheld", "holds", "holds", "holds", "holds"],
  );
  assert.match(
    verdict.checks.find(({ name }) => name === "sharedArchive")?.why ?? "",
    /made from the archive when the page was captured/,
  );
  const pdf = join(folder, "placard.pdf");
  await printExhibits(opened.context, [sealed.id], pdf, { headline: "Look" });
  assert.deepEqual(await findSeeds("print", await readFile(pdf), PLAIN), []);
  const { error, stdout } = spawnSync("pdftotext", ["-raw", pdf, "-"]);
  if (error === undefined) assert.deepEqual(await findSeeds("printed text", stdout, PLAIN), []);
  else t.diagnostic("the printed text was NOT read: there is no pdftotext (apt-get install poppler-utils)");
  t.diagnostic(`seeds ${PLAIN.length}, found in the placard file 0, in the print 0`);
});

test("what is shared says where something was taken out, and is the page still", async () => {
  const { fields } = sealed;
  const shared = fields["shared"] as Record<string, string>;
  assert.match(
    shared["title"] ?? "",
    /as seen by (removed-by-Placard): “\1”, \u2068\1\u2069, \u200e\1’s – 昨天\1说他在这里。 אמרו ל\1 שהגדר/,
  );
  assert.match(shared["finalUrl"] ?? "", /access_token=removed-by-Placard#key_token=removed-by-Placard/);
  const archive = (await openField(opened.context.vault, fields as never, "sharedArchive")) ?? assert.fail();
  const zip = await openZip(archive);
  const member = async (name: string): Promise<string> =>
    Buffer.from(await readMember(zip.find(name) ?? assert.fail(name), 1 << 26)).toString("utf8");
  const removals = (await member("removed.jsonl"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { headers: string[]; body: string });
  for (const name of ["cookie", "set-cookie", "authorization", "x-csrf-token"]) {
    assert.ok(
      removals.some(({ headers }) => headers.includes(name)),
      name,
    );
  }
  assert.ok(removals.every(({ body }) => body !== "left out"));
  const { removed } = fields as { removed: Record<string, number> };
  assert.ok(
    (removed["headers"] ?? 0) > 10 && (removed["values"] ?? 0) > 20 && (removed["bodiesChanged"] ?? 0) >= 7,
    JSON.stringify(removed),
  );
  assert.match(await member("pages/pages.jsonl"), /removed-by-Placard/);
});

test("its records are sound: digests, lengths, codings, and the index leads to each", async () => {
  const records = await recordsOf(sealed.fields, "sharedArchive");
  let changed = 0;
  for (const record of records.values()) {
    const end = record.indexOf("\r\n\r\n") + 4;
    const head = record.toString("latin1", 0, end);
    const block = record.subarray(end, record.length - 4);
    const stated = (name: string): string | undefined => new RegExp(`^${name}: (.*)\\r$`, "m").exec(head)?.[1];
    assert.equal(stated("WARC-Block-Digest"), `sha256:${createHash("sha256").update(block).digest("hex")}`);
    if (!/body changed\r$/m.test(head) || !/^Content-Type: application\/http/m.test(head)) continue;
    changed++;
    const split = block.indexOf("\r\n\r\n") + 4;
    const http = block.toString("latin1", 0, split);
    const body = block.subarray(split);
    assert.deepEqual(/^Content-Length: (\d+)\r$/m.exec(http)?.[1], String(body.length), http);
    assert.doesNotMatch(http, /^(?:content-encoding|transfer-encoding|etag):/im);
    assert.equal(stated("WARC-Payload-Digest"), `sha256:${createHash("sha256").update(body).digest("hex")}`);
    if (/^content-type: application\/json/im.test(http)) JSON.parse(body.toString("utf8"));
  }
  assert.ok(changed >= 6, `${changed} bodies changed`);
  const archive = (await openField(opened.context.vault, sealed.fields as never, "sharedArchive")) ?? assert.fail();
  const zip = await openZip(archive);
  const warc = zip.find("archive/data.warc.gz")?.packed ?? assert.fail();
  const index = Buffer.from(await readMember(zip.find("indexes/index.cdx") ?? assert.fail(), 1 << 26)).toString("utf8");
  for (const line of index.trimEnd().split("\n")) {
    const { offset, length, url } = JSON.parse(line.slice(line.indexOf("{"))) as Record<string, string>;
    const member = warc.slice(Number(offset), Number(offset) + Number(length));
    const record = gunzipSync(await member.arrayBuffer()).toString("latin1");
    assert.ok(
      record.startsWith("WARC/1.1\r\nWARC-Type: response\r\n") && record.includes(`WARC-Target-URI: ${url}\r\n`),
    );
  }
});

test("what changed nothing is the original's, byte for byte; without anything to take out there is one archive only", async () => {
  const [open, plain] = [
    sealedOf((await capture(`${site.origin}/public`))[0]),
    sealedOf((await capture(`${site.origin}/plain`))[0]),
  ];
  const fields = (await findExhibit(opened.context, open.id)).fields;
  assert.equal(fields["session"], undefined);
  const file = await exported(open.id);
  assert.deepEqual(await findSeeds("file", await readFile(file), [SEEDS.visible]), []);
  const verdict = await verifyFile(file);
  assert.deepEqual(
    [verdict.verdict, verdict.checks.find(({ name }) => name === "screenshot")?.state],
    ["holds", "holds"],
  );
  const [original, shared] = await Promise.all([recordsOf(fields, "archive"), recordsOf(fields, "sharedArchive")]);
  assert.equal(shared.size, original.size + 1);
  const same = [...shared].filter(([id, record]) => original.get(id)?.equals(record));
  const other = [...shared].filter(([id]) => !original.has(id)).map(([, record]) => record.toString("latin1"));
  assert.equal(same.length + other.length, shared.size);
  // The picture's answer sets nothing, and the original's warcinfo stands for what is its own.
  assert.ok(same.length >= 2 && other.length >= 2, `${same.length} the same, ${other.length} others`);
  for (const record of other) {
    if (record.includes("WARC-Type: warcinfo")) continue;
    const from = /^WARC-Placard-Made-From: (.*)\r$/m.exec(record)?.[1] ?? "";
    assert.ok(original.has(from), record);
  }
  // The page's request had no cookie yet, and changed with the answer it names.
  const marks = other.flatMap((record) => /^WARC-Placard-Removed: (.*)\r$/m.exec(record)?.[1] ?? []);
  assert.deepEqual(marks, ["set-cookie", "cookie"]);
  const bare = (await findExhibit(opened.context, plain.id)).fields;
  assert.equal(bare["sharedArchive"], undefined);
  assert.deepEqual(bare["removed"], { headers: 0, values: 0, bodiesChanged: 0, bodiesLeftOut: 0 });
  const held = await exportExhibit(opened.context, plain.id, join(folder, "plain.placard"));
  assert.deepEqual(held.heldBack, []);
  assert.equal(
    (await verifyFile(join(folder, "plain.placard"))).checks.find(({ name }) => name === "archive")?.state,
    "holds",
  );
});

test("the original is handed out only by name, and what is secret never", async () => {
  const file = await exported(sealed.id, [], ["archive", "title"]);
  assert.ok((await findSeeds("file", await readFile(file), PLAIN)).length > 0);
  const verdict = await verifyFile(file);
  assert.equal(verdict.verdict, "holds", JSON.stringify(verdict.checks));
  for (const secret of ["tileSeed", "sharedParts"]) {
    await assert.rejects(exported(sealed.id, [], [secret]), (error) => isPlacardError(error, "usage"));
  }
});

test("an audit puts the shared archive together and holds; a part that changed, and a session without its key, is found", async () => {
  assert.deepEqual((await audit(opened.context)).findings, []);
  const { sha256 } = sealed.fields["sharedParts"] as { sha256: string };
  const path = join(folder, "record", "vault", "blobs", sha256.slice(0, 2), sha256);
  const bytes = await readFile(path);
  await writeFile(path, bytes.with(bytes.length - 1, 0xff));
  const { findings, verdict } = await audit(opened.context);
  assert.equal(verdict, "fails");
  assert.deepEqual(
    findings.map(({ state, field }) => `${state} ${field}`),
    ["altered sharedArchive", "altered sharedParts"],
  );
  await writeFile(path, bytes);
  await keepSession(opened.context, { ...(await sessionNamed(opened.context, "lantern")), name: "other" });
  const { keys } = opened.context.folder;
  const before = await listSessions(opened.context);
  assert.equal(before.whole.length, 2);
  const key = (await readdir(keys)).find((name) => name.startsWith("session-")) ?? assert.fail();
  const kept = await readFile(join(keys, key));
  await rm(join(keys, key));
  const lost = await audit(opened.context);
  assert.deepEqual([lost.verdict, lost.findings.map(({ what }) => what)], ["holds", ["session"]]);
  await writeFile(join(keys, key), kept, { mode: 0o600 });
  await forgetSession(opened.context, "other");
});

test("nothing of the session lies open on the disk, and forgetting leaves nothing of it", async () => {
  const { whole, damaged } = await listSessions(opened.context);
  assert.deepEqual([whole.map(({ name }) => name), damaged], [["lantern"], []]);
  const kept = join(folder, "record", "vault", "sessions");
  for (const name of readdirSync(kept)) {
    assert.deepEqual(await findSeeds(name, await readFile(join(kept, name)), [...PLAIN, "lantern", site.origin]), []);
  }
  assert.deepEqual(readdirSync(opened.context.folder.scratch), []);
  await keepSession(opened.context, { ...(await sessionNamed(opened.context, "lantern")), name: "other" });
  await forgetSession(opened.context, "other");
  await assert.rejects(sessionNamed(opened.context, "other"), (error) => isPlacardError(error, "not_found"));
  assert.equal(readdirSync(kept).length, 1);
  assert.equal((await readdir(opened.context.folder.keys)).filter((name) => name.startsWith("session-")).length, 1);
});

test("under a session that hides no name, the act says so, and whoever hands it out is told", async () => {
  const nameless = { ...(await sessionNamed(opened.context, "lantern")), name: "nameless", hide: [] };
  await keepSession(opened.context, nameless);
  const { id } = sealedOf((await capture(`${site.origin}/plain`, "nameless"))[0]);
  await forgetSession(opened.context, "nameless");
  assert.equal((await findExhibit(opened.context, id)).fields["session"], "hides no name");
  const record = join(folder, "record");
  const file = join(folder, "nameless.placard");
  const told = await toldByVerb("export", id, "-o", file, "--record", record);
  assert.match(told.said, /for which no name was given/);
  const verdict = await verifyFile(file);
  assert.equal(verdict.verdict, "holds", JSON.stringify(verdict.checks));
  const { said } = await toldByVerb("export", sealed.id, "-o", file, "--record", record);
  assert.doesNotMatch(said, /no name was given/);
});

test("a session that is no longer taken: not captured, and the reason names it", async () => {
  site.expire();
  const [outcome] = await capture(site.link, "lantern");
  assert.ok(outcome?.outcome === "not-captured");
  assert.equal(outcome.cause, "login");
  assert.match(outcome.reason, /The session lantern .* signs in anew\.$/);
  const [strict] = await capture(`${site.origin}/strict`, "lantern");
  assert.ok(strict?.outcome === "not-captured" && strict.cause === "http_error");
  assert.match(strict.reason, /answered 401.* The session lantern/);
  await assert.rejects(capture(site.link, "nobody"), (error) => isPlacardError(error, "not_found"));
});

test("on the command line: the session is listed and forgotten, and what is held back is said", async () => {
  const record = join(folder, "record");
  const placard = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, "../../bin/placard.mjs"), ...args, "--record", record], {
      encoding: "utf8",
    });
  const file = join(folder, "by-hand.placard");
  const exportedBy = placard("export", sealed.id, "-o", file);
  assert.equal(exportedBy.status, 0, exportedBy.stderr);
  assert.match(exportedBy.stdout, /Held back: .*archive.*--show FIELD/);
  const shown = placard("export", sealed.id, "-o", file, "--show", "archive");
  assert.match(shown.stderr, /every cookie, token and address/);
  const listed = placard("session", "list", "--json");
  assert.deepEqual((({ verb, name, hide }) => [verb, name, hide])(JSON.parse(listed.stdout)), [
    "session",
    "lantern",
    HIDE,
  ]);
  assert.ok(!listed.stdout.includes("SEED"));
  const forgotten = placard("session", "forget", "lantern");
  assert.equal(forgotten.status, 0, forgotten.stderr);
  assert.equal((await toldByVerb("session", "forget", "lantern", "--record", record)).code, 2);
  assert.match((await toldByVerb("session", "list", "--record", record)).said, /There is no session/);
});

test("an erasure takes both archives with it", async () => {
  const hashes = ["archive", "sharedParts", "sharedText", "visibleText"].map(
    (name) => (sealed.fields[name] as { sha256: string }).sha256,
  );
  await eraseExhibit(opened.context, sealed.id, "asked for");
  for (const sha256 of hashes) {
    assert.ok(!existsSync(join(folder, "record", "vault", "blobs", sha256.slice(0, 2), sha256)));
  }
});
