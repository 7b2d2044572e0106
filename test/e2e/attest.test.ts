/** timestamp and cosign: a real authority (openssl) and a witness on loopback, from settings to the printed verdict. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { cosignHead, timestampHead } from "../../src/app/attest.ts";
import { exportExhibit } from "../../src/app/export-exhibit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { openRecord } from "../../src/app/record.ts";
import { seal } from "../../src/app/seal.ts";
import { verifyFile } from "../../src/app/verify-file.ts";
import { asSignedBy } from "../../src/ledger/checkpoint.ts";
import { parseNote, parseVerifierKey } from "../../src/ledger/note.ts";
import { utf8 } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { verifyTimestamp } from "../../src/verify/timestamp.ts";
import { timeInWords } from "../../src/verify/wording.ts";
import { testSigner } from "../note-keys.ts";
import { opensslMissing, startTimestampAuthority, type TimestampAuthority } from "../timestamp-authority.ts";
import { listen, startWitness, type WitnessServer } from "../witness-server.ts";

const skip = opensslMissing();
let folder: string;
let path: string;
let vkey: string;
let authority: TimestampAuthority;
let witness: WitnessServer;

before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), "placard-attest-"));
  path = join(folder, "record");
  ({ vkey } = await initRecord(path, { name: "Hollow Lane Residents" }));
  authority = await startTimestampAuthority({ key: "ec", accuracy: 40 });
  witness = await startWitness(testSigner("witness.example/w", 9, 4), [vkey]);
});
after(async () => {
  if (skip) return;
  await authority[Symbol.asyncDispose]();
  await witness[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function configure(settings: object): Promise<void> {
  await writeFile(join(path, "config.json"), JSON.stringify(settings));
}

async function sealOne(text: string): Promise<string> {
  await using opened = await openContext(path);
  return (
    await seal(opened.context, {
      act: "captured",
      url: "https://townsquare.example/p/1",
      postText: text,
      capturedAt: "2026-03-15T08:12:00Z",
    })
  ).id;
}

const stateOf = (verdict: Awaited<ReturnType<typeof verifyFile>>, name: string): string | undefined =>
  verdict.checks.find((check) => check.name === name)?.state;

test("asked with nobody configured, it says where to name them", { skip }, async () => {
  await using record = await openRecord(path);
  await assert.rejects(
    record.timestamp(),
    (error) => isPlacardError(error, "usage") && /config\.json/.test(error.next ?? ""),
  );
  await assert.rejects(record.cosign(), (error) => isPlacardError(error, "usage"));
  assert.deepEqual(await record.attest(), [], "and after a capture it is simply silent");
});

test("token and cosignature travel in the file and count for who trusts them", { skip }, async () => {
  await configure({
    timestampAuthorities: [{ name: "Invented", url: authority.url, hash: "sha512" }],
    witnesses: [{ vkey: witness.vkey, url: witness.url }],
  });
  const first = await sealOne("One.");
  const later: string[] = [];
  {
    await using record = await openRecord(path);
    const done = await record.attest();
    assert.deepEqual(
      done.map(({ outcome }) => outcome),
      ["attested", "attested"],
      JSON.stringify(done),
    );
  }
  for (const text of ["Two.", "Three."]) later.push(await sealOne(text));
  await using record = await openRecord(path);
  const file = join(folder, "first.placard");
  await record.export(first, file);
  const policy = join(folder, "policy");
  await writeFile(
    policy,
    `log ${vkey}\nwitness W ${witness.vkey}\nquorum W\n#placard timestamp-authority Invented ${Buffer.from(authority.anchor).toString("base64")}\n`,
  );
  const trusting = await verifyFile(file, { policy });
  assert.equal(trusting.verdict, "holds", JSON.stringify(trusting.checks));
  for (const name of ["trust", "witnesses", "timestamps"]) assert.equal(stateOf(trusting, name), "holds", name);
  const stranger = await verifyFile(file);
  assert.equal(stranger.verdict, "holds");
  for (const name of ["trust", "witnesses", "timestamps"]) assert.equal(stateOf(stranger, name), "absent", name);

  const unattested = join(folder, "later.placard");
  await record.export(later[1] as string, unattested);
  const missing = await verifyFile(unattested, { policy });
  assert.equal(missing.verdict, "fails", "a quorum that is asked for and not met is no verdict to trust");
  assert.equal(stateOf(missing, "witnesses"), "fails");

  const published = await readFile(join(path, "ledger", "checkpoint"), "utf8");
  assert.match(published, /^placard\//);
});

test("the printed placard names who witnessed it, and nobody else", { skip }, async () => {
  await using opened = await openContext(path);
  const { attestedFor } = await import("../../src/app/attested.ts");
  const { attestersOf } = await import("../../src/app/attesters.ts");
  const attested = await attestedFor(opened.context, 0);
  assert.ok(attested !== undefined);
  const by = async (settings: Partial<typeof opened.context.settings>) =>
    attestersOf({ ...opened.context, settings: { ...opened.context.settings, ...settings } }, attested);
  const named = async (settings: Parameters<typeof by>[0]) => (await by(settings))?.names;
  const certified = (sha256: Uint8Array) => [
    {
      name: "Office",
      url: authority.url,
      hash: "sha256" as const,
      certificate: Buffer.from(sha256).toString("base64"),
    },
  ];
  const office = certified(authority.anchor);
  assert.deepEqual(await named({ timestampAuthorities: office }), ["witness.example/w", "Office"]);
  assert.deepEqual(await named({ timestampAuthorities: [] }), ["witness.example/w"]);
  assert.deepEqual(await named({ witnesses: [], timestampAuthorities: [] }), undefined);
  assert.deepEqual(await named({ witnesses: [], timestampAuthorities: office }), ["Office"]);
  assert.deepEqual(await named({ witnesses: [], timestampAuthorities: certified(new Uint8Array(32)) }), undefined);
  // Whoever made a token without a certificate that is configured chose its name himself.
  assert.deepEqual(await named({ witnesses: [] }), undefined, "no certificate is configured");
  const mixed = [...certified(new Uint8Array(32)), ...opened.context.settings.timestampAuthorities];
  assert.deepEqual(await named({ witnesses: [], timestampAuthorities: mixed }), undefined);
  const [token] = attested.tokens;
  assert.ok(token !== undefined);
  const { time } = await verifyTimestamp(
    token,
    utf8(asSignedBy(parseNote(attested.checkpoint), parseVerifierKey(vkey))),
  );
  const told = await by({ witnesses: [], timestampAuthorities: office });
  assert.equal(Date.parse(told?.before ?? "") - time, 40_000, "as late as the authority says it may have been");
});

test("an authority and a witness that fail are reported and fail nothing", { skip }, async () => {
  await configure({
    timestampAuthorities: [
      { name: "Gone", url: "http://127.0.0.1:9/" },
      { name: "Invented", url: authority.url },
    ],
    witnesses: [{ vkey: witness.vkey, url: "http://127.0.0.1:9/" }],
  });
  await sealOne("Four.");
  await using record = await openRecord(path);
  const done = await record.attest();
  assert.deepEqual(
    done.map(({ by, outcome }) => `${by} ${outcome}`),
    ["witness.example/w failed", "Gone failed", "Invented attested"],
  );
  assert.ok(done.every(({ outcome, reason }) => outcome === "attested" || (reason ?? "").length > 10));
});

test("the ledger grows, the witness follows it by consistency proofs", { skip }, async () => {
  await configure({ witnesses: [{ vkey: witness.vkey, url: witness.url }] });
  await sealOne("Five.");
  await using record = await openRecord(path);
  const [done] = await record.cosign();
  assert.equal(done?.outcome, "attested", done?.reason ?? "nobody was asked");
  const published = await readFile(join(path, "ledger", "checkpoint"), "utf8");
  assert.match(published, /— witness\.example\/w /, "the published checkpoint carries the cosignature");
});

test("a witness that another process asks first cosigns the newest checkpoint, not an old one", { skip }, async () => {
  await configure({ witnesses: [{ vkey: witness.vkey, url: witness.url }] });
  await using other = await openContext(path);
  let asked = 0;
  // Before the first question is handed on, the other process adds to the record and asks the witness itself.
  await using between = await listen(async (request, response) => {
    const body = await buffer(request);
    if (asked++ === 0) {
      await seal(other.context, { act: "captured", title: "Meanwhile" });
      await cosignHead(other.context);
    }
    const answer = await fetch(`${witness.url}${request.url}`, { method: "POST", body });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    response.end(await answer.text());
  });
  await configure({ witnesses: [{ vkey: witness.vkey, url: between.url }] });
  await using again = await openContext(path);
  const { size } = await again.context.log.head();
  const done = await cosignHead(again.context);
  assert.deepEqual(
    done.map((each) => [each.outcome, each.size]),
    [["attested", size + 1]],
  );
});

test("a file is proved by the first checkpoint that has all the settings ask for, not by one whose witness was away", {
  skip,
}, async () => {
  const authorities = [{ name: "Invented", url: authority.url }];
  const policy = join(folder, "away.policy");
  await writeFile(policy, `log ${vkey}\nwitness W ${witness.vkey}\nquorum W\n`);
  await configure({
    timestampAuthorities: authorities,
    witnesses: [{ vkey: witness.vkey, url: "http://127.0.0.1:9/" }],
  });
  const id = await sealOne("While the witness was away.");
  const attest = async (): Promise<string> => {
    await using record = await openRecord(path);
    await record.attest();
    const file = join(folder, "away.placard");
    await record.export(id, file);
    return stateOf(await verifyFile(file, { policy }), "witnesses") ?? "";
  };
  assert.equal(await attest(), "fails");
  await configure({ timestampAuthorities: authorities, witnesses: [{ vkey: witness.vkey, url: witness.url }] });
  await sealOne("It is back.");
  assert.equal(await attest(), "holds");
});

test("asked more often than a file has room for, the record's files are as good as ever", { skip }, async () => {
  const first = Math.floor(Date.now() / 1000);
  let now = first;
  await using punctual = await startWitness(testSigner("witness.example/p", 10, 4), [vkey], () => now++);
  await configure({
    timestampAuthorities: [{ name: "Invented", url: authority.url }],
    witnesses: [{ vkey: punctual.vkey, url: punctual.url }],
  });
  const id = await sealOne("Asked about for months.");
  await using opened = await openContext(path);
  for (let time = 0; time < 17; time++) await timestampHead(opened.context);
  for (let time = 0; time < 101; time++) {
    assert.deepEqual(
      (await cosignHead(opened.context)).map(({ outcome }) => outcome),
      ["attested"],
    );
  }
  const file = join(folder, "often.placard");
  await exportExhibit(opened.context, id, file);
  const policy = join(folder, "often.policy");
  const anchor = Buffer.from(authority.anchor).toString("base64");
  await writeFile(
    policy,
    `log ${vkey}\nwitness P ${punctual.vkey}\nquorum P\n#placard timestamp-authority Invented ${anchor}\n`,
  );
  const found = await verifyFile(file, { policy });
  assert.equal(found.verdict, "holds", JSON.stringify(found.checks));
  for (const name of ["witnesses", "timestamps"]) assert.equal(stateOf(found, name), "holds", name);
  const told = found.checks.find(({ name }) => name === "witnesses")?.why ?? "";
  assert.ok(told.includes(timeInWords(1000 * first)), "the first time it was seen says the most");
});
