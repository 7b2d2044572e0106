/** A question goes out over a real mail server, and what comes back is sealed, once, as what it is. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { BOUNCED, DELIVERED, eml, LETTER_ID, OUT_OF_OFFICE, PLAIN } from "../../../test/ask/mail/mails.ts";
import { PASSWORD, startMailServer } from "../../../test/ask/sending/mail-server.ts";
import { head, asked as invented } from "../../../test/ask/writing/letters.ts";
import type { Question } from "../../ask/fold.ts";
import { composeMail } from "../../ask/sending/compose.ts";
import { openOutbox } from "../../ask/sending/outbox.ts";
import { letterAsText, questionLetter } from "../../ask/writing/letter.ts";
import type { RecordContext } from "../context.ts";
import { initRecord } from "../init-record.ts";
import { openContext } from "../open-record.ts";
import { letterAsMail } from "./letter-page.ts";
import { queueLetter, sendWaiting, takeInMail } from "./post.ts";
import { agreeToLetter, askQuestion, readQuestion } from "./questions.ts";

const WHOM = "w.thornby@lanterns.example";
const SENDER = "questions@ask.hollow.example";
let folder: string;
let opened: Awaited<ReturnType<typeof openContext>>;
let now = Date.parse("2026-05-01T09:00:00Z");
const context = (): RecordContext => ({ ...opened.context, clock: { now: () => now } });
async function keptBytes(sha256 = ""): Promise<ArrayBuffer> {
  const blob = (await opened.context.vault.openBlob(sha256)) ?? assert.fail("it is not in the vault");
  return blob.arrayBuffer();
}
const signatures = async () => [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-post-"));
  await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
  opened = await openContext(join(folder, "record"));
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const compose = ({ asked }: Question, messageId: string): Promise<Uint8Array> => {
  const letter = questionLetter(asked, head);
  return composeMail({
    from: { name: head.group, address: SENDER },
    to: { name: asked.to.person.name, address: WHOM },
    replyTo: `questions+${asked.token}@ask.hollow.example`,
    subject: letter.subject,
    text: letterAsText(letter),
    html: letterAsMail(letter),
    messageId,
    date: now,
  });
};

test("sealed, sent, delivered, answered by a machine and by a person: each act once, and no password anywhere", async () => {
  await using running = await startMailServer();
  const outbox = await openOutbox(opened.context.folder.outbox);
  const { act: _, promise: __, token: ___, ...fields } = invented("en");
  const { id: of } = await askQuestion(context(), fields);
  const status = async () => (await readQuestion(context(), of)).status;
  const agreed = await agreeToLetter(
    context(),
    { of, channel: "email", by: "2026-05-15", address: WHOM },
    compose,
    "ask.hollow.example",
  );
  queueLetter(outbox, agreed, { question: of, sender: SENDER, recipient: WHOM }, now);
  assert.equal((await status()).code, "draft");
  await sendWaiting(context(), outbox, { ...running.server, port: 1 });
  assert.equal((await status()).code, "draft", "a server that is not there is no news");
  await sendWaiting(context(), outbox, running.server);
  await sendWaiting(context(), outbox, running.server);
  assert.equal(running.received.length, 1);
  assert.equal((await status()).code, "sent");
  const { question } = await readQuestion(context(), of);
  const letter = question.letters[0] ?? assert.fail();
  assert.deepEqual(
    letter.carried.map(({ state, source }) => [state, source]),
    [["accepted", "server"]],
  );
  const bytes = await keptBytes(letter.act.letter?.sha256);
  assert.ok(running.received[0]?.bytes.equals(Buffer.from(bytes)), "what is sealed is what was sent");
  const about = (mail: Uint8Array): Uint8Array =>
    Buffer.from(
      Buffer.from(mail)
        .toString("latin1")
        .replaceAll(LETTER_ID, agreed.messageId ?? "")
        .replace(/\+3Cletter[^\r]*/, ""),
      "latin1",
    );
  const take = (mail: Uint8Array) => takeInMail(context(), { bytes: mail, at: now }, signatures);
  now += 60_000;
  assert.deepEqual(await take(about(DELIVERED)), { what: "report", question: of });
  assert.equal((await status()).code, "delivered");
  assert.deepEqual(await take(about(OUT_OF_OFFICE)), { what: "reply", question: of });
  assert.deepEqual([(await status()).code, (await status()).beside.length], ["delivered", 1]);
  assert.deepEqual(await take(PLAIN), { what: "unmatched" }, "it answers another letter");
  assert.deepEqual(await take(BOUNCED), { what: "unmatched" });
  assert.equal((await take(Buffer.from("no mail"))).what, "unreadable");
  assert.deepEqual(await take(about(PLAIN)), { what: "reply", question: of });
  assert.equal((await status()).said.text, "A reply came on 1 May 2026; it is published here whole.");
  const reply =
    (await readQuestion(context(), of)).question.replies.find(({ act }) => act.nature === "reply") ?? assert.fail();
  assert.match(reply.act.text ?? "", /the lamps will be lit again on 1 June\. I have asked for it – in writing\./);
  const kept = await keptBytes(reply.act.message?.sha256);
  assert.ok(Buffer.from(kept).equals(Buffer.from(about(PLAIN))), "byte for byte");
  const stranger = eml(
    `From: other@else.example\nTo: questions+${question.asked.token}@ask.hollow.example\nDate: Fri, 01 May 2026 11:00:00 +0100\n\nHello\n`,
  );
  await take(stranger);
  assert.equal((await readQuestion(context(), of)).question.replies.at(-1)?.act.nature, "unclear");
  outbox.close();
  assert.ok(!(await readFile(opened.context.folder.outbox)).includes(PASSWORD));
});

test("what a dead process was handing over is sealed as perhaps sent, and not sent again", async () => {
  await using running = await startMailServer();
  const path = join(folder, "another.sqlite");
  const died = await openOutbox(path);
  const { act: _, promise: __, token: ___, ...fields } = invented("en");
  const { id: of } = await askQuestion(context(), fields);
  const by = "2026-05-15";
  const agreed = await agreeToLetter(
    context(),
    { of, channel: "email", by, address: WHOM },
    compose,
    "ask.hollow.example",
  );
  queueLetter(died, agreed, { question: of, sender: SENDER, recipient: WHOM }, now);
  died.take(now);
  died.close();
  const outbox = await openOutbox(path);
  await sendWaiting(context(), outbox, running.server);
  assert.equal(running.received.length, 0);
  assert.equal((await readQuestion(context(), of)).status.code, "unclear");
  outbox.resolve(agreed.messageId ?? "", "accepted", now, "found among what was sent");
  await sendWaiting(context(), outbox, running.server);
  assert.equal((await readQuestion(context(), of)).status.code, "sent");
  outbox.close();
});
