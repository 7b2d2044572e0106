import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { asked as invented } from "../../../test/ask/writing/letters.ts";
import { isPlacardError } from "../../lib/error.ts";
import type { RecordContext } from "../context.ts";
import { initRecord } from "../init-record.ts";
import { openContext } from "../open-record.ts";
import { sealWithBlobs } from "../seal.ts";
import { agreeToLetter, askQuestion, listQuestions, note, readQuestion } from "./questions.ts";

let folder: string;
let opened: Awaited<ReturnType<typeof openContext>>;
/** Days go by; what is sealed keeps the time of sealing, which no status is made of. */
let now = Date.parse("2026-05-01T09:00:00Z");
const context = (): RecordContext => ({ ...opened.context, clock: { now: () => now } });
const at = (): string => new Date(now).toISOString();
const code = (wanted: string) => (error: unknown) => isPlacardError(error) && error.code === wanted;
const HOST = "ask.hollow.example";
const compose = async (_: unknown, messageId: string): Promise<Uint8Array> =>
  Buffer.from(`Message-ID: ${messageId}\r\n\r\nThe lamps.\r\n`);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-ask-"));
  await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
  opened = await openContext(join(folder, "record"));
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function ask(mostLetters = 2): Promise<string> {
  now = Date.parse("2026-05-01T09:00:00Z");
  const { act: _, promise: __, token: ___, ...fields } = invented("en");
  return (await askQuestion(context(), { ...fields, mostLetters, actor: "ann" })).id;
}

async function send(of: string, by: string): Promise<string> {
  const { id } = await agreeToLetter(context(), { of, channel: "email", by, actor: "ann" }, compose, HOST);
  await note(context(), { act: "carried", of, letter: id, state: "delivered", at: at(), source: "report" });
  return id;
}

test("from a question to no reply, to a late one, to its class: each sealed, the status following", async () => {
  const of = await ask();
  const status = async () => (await readQuestion(context(), of)).status.said.text;
  assert.equal(await status(), "Not sent yet.");
  await send(of, "2026-05-15");
  now = Date.parse("2026-05-16T09:00:00Z");
  assert.equal(await status(), "Delivered on 1 May 2026; a reply was asked for by 15 May 2026.");
  await note(context(), { act: "looked", of, at: at(), actor: "ann" });
  assert.equal(await status(), "No reply received by 15 May 2026 (asked once, delivery confirmed).");
  now = Date.parse("2026-05-20T09:00:00Z");
  const text = "Dear residents,\nI do not comment\non single streets.";
  const reply = await note(context(), { act: "replied", of, channel: "email", at: at(), nature: "reply", text });
  assert.equal(await status(), "A reply came on 20 May 2026; it is published here whole.");
  const declined = { act: "classed", of, reply: reply.id, as: "declined", actor: "ann" } as const;
  await assert.rejects(note(context(), declined), code("usage"));
  await assert.rejects(note(context(), { ...declined, quote: "I never comment." }), code("usage"));
  await assert.rejects(
    note(context(), { act: "classed", of, reply: reply.id, as: "accepted", actor: "ann" }),
    code("usage"),
  );
  const classed = await note(context(), { ...declined, quote: "I do not comment on single streets." });
  await assert.rejects(note(context(), { act: "confirmed", of, what: classed.id, actor: "ann" }), code("not_allowed"));
  await assert.rejects(note(context(), { act: "confirmed", of, what: reply.id, actor: "ben" }), code("not_found"));
  await note(context(), { act: "confirmed", of, what: classed.id, actor: "ben" });
  assert.equal(await status(), "Declined on 20 May 2026, in these words: “I do not comment on single streets.”");
  await opened[Symbol.asyncDispose]();
  await rm(join(folder, "record", "index.sqlite"));
  opened = await openContext(join(folder, "record"));
  assert.equal(await status(), "Declined on 20 May 2026, in these words: “I do not comment on single streets.”");
  assert.equal((await listQuestions(context()))[0]?.question.id, of);
  assert.deepEqual(await opened.context.index.list(), [], "a question is no exhibit");
});

test("letters: so many and no more, also where two agree at once; each e-mail with a Message-ID of its own", async () => {
  const of = await ask();
  const letter = { of, channel: "email", by: "2026-05-15", actor: "ann" } as const;
  await assert.rejects(agreeToLetter(context(), { ...letter, by: "2026-05-03" }, compose, HOST), code("conflict"));
  const both = await Promise.allSettled([
    agreeToLetter(context(), letter, compose, HOST),
    agreeToLetter(context(), letter, compose, HOST),
  ]);
  const { question } = await readQuestion(context(), of);
  assert.ok(both.filter(({ status }) => status === "fulfilled").length <= 1);
  assert.ok(question.letters.filter(({ fate }) => fate === "agreed").length <= 1);
  for (const { id, fate } of question.letters)
    if (fate === "agreed")
      await note(context(), { act: "carried", of, letter: id, state: "delivered", at: at(), source: "report" });
  const sent = question.letters.filter(({ fate }) => fate === "agreed").length;
  for (let i = sent; i < 2; i++) {
    now += 20 * 86_400_000;
    await send(of, new Date(now + 10 * 86_400_000).toISOString().slice(0, 10));
  }
  now += 20 * 86_400_000;
  await assert.rejects(agreeToLetter(context(), { ...letter, by: "2026-12-01" }, compose, HOST), code("conflict"));
  const ids = (await readQuestion(context(), of)).question.letters.map(({ act }) => act.messageId);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.every((id) => /^<[0-9a-f]{32}@ask\.hollow\.example>$/.test(id ?? "")));
});

test("what is about nothing is refused, and nothing is sealed", async () => {
  const of = await ask();
  const { size } = await opened.context.log.head();
  const other = of.replace(/.$/, of.endsWith("0") ? "1" : "0");
  const none: readonly Parameters<typeof note>[1][] = [
    { act: "looked", of: other, at: at(), actor: "ann" },
    { act: "carried", of, letter: other, state: "delivered", at: at(), source: "member" },
    { act: "classed", of, reply: other, as: "answered", actor: "ann" },
    { act: "disputed", of, reply: other, as: "answered", at: at() },
    {
      act: "minuted",
      of,
      event: other,
      at: at(),
      minutes: { sha256: "0".repeat(64), bytes: 1, mediaType: "text/plain" },
    },
    { act: "promised", of, source: other, words: "The lamps.", at: at() },
    { act: "followed", of, promise: other, state: "kept", words: "They are lit.", at: at(), actor: "ann" },
    { act: "confirmed", of, what: other, actor: "ann" },
  ];
  for (const one of none) await assert.rejects(note(context(), one), code("not_found"), one.act);
  const { act: _, promise: __, token: ___, ...fields } = invented("en");
  await assert.rejects(askQuestion(context(), { ...fields, exhibits: [other] }), code("not_found"));
  await assert.rejects(askQuestion(context(), { ...fields, kind: "invitation" }), code("usage"));
  await assert.rejects(askQuestion(context(), { ...fields, by: "soon" }), code("usage"));
  assert.equal((await opened.context.log.head()).size, size);
});

test("the reply's very bytes lie in the vault, and stay while the reply does", async () => {
  const of = await ask();
  const blob = await opened.context.vault.putBlob(
    [Buffer.from("From: w@lanterns.example\r\n\r\nLit.\r\n")],
    "message/rfc822",
  );
  await note(context(), { act: "replied", of, channel: "email", at: at(), nature: "reply", message: blob });
  const missing = { ...blob, sha256: "1".repeat(64) };
  await assert.rejects(
    note(context(), { act: "replied", of, channel: "email", at: at(), nature: "reply", message: missing }),
    code("not_found"),
  );
  assert.ok(await opened.context.vault.hasBlob(blob.sha256));
  await sealWithBlobs(opened.context, { act: "captured", title: "A lantern" }, async () => ({
    archive: await opened.context.vault.putBlob([Buffer.from("x")], "text/plain"),
  }));
  assert.equal((await opened.context.index.list()).length, 1);
});
