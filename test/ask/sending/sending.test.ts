/** Letters to a real mail server: each at most once, and whatever is not known is said to be so. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { letterAsMail } from "../../../src/app/ask/letter-page.ts";
import { readMail } from "../../../src/ask/mail/read-mail.ts";
import { composeMail } from "../../../src/ask/sending/compose.ts";
import { type OutgoingLetter, openOutbox } from "../../../src/ask/sending/outbox.ts";
import { sendNext } from "../../../src/ask/sending/send.ts";
import { letterAsText, questionLetter } from "../../../src/ask/writing/letter.ts";
import { isPlacardError } from "../../../src/lib/error.ts";
import { asked, head } from "../writing/letters.ts";
import { PASSWORD, startMailServer } from "./mail-server.ts";

let folder: string;
let count = 0;
let time = Date.parse("2026-05-01T09:00:00Z");
const now = (): number => time++;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-outbox-"));
});
after(() => rm(folder, { recursive: true }));

const path = (): string => join(folder, `outbox-${count++}.sqlite`);

async function letterTo(recipient: string, name = `letter-${count++}`): Promise<OutgoingLetter> {
  const letter = questionLetter(asked("en"), head);
  const messageId = `<${name}@ask.hollow.example>`;
  const mail = await composeMail({
    from: { name: head.group, address: "questions@ask.hollow.example" },
    to: { name: "Wendel Thornby", address: recipient },
    replyTo: head.mail,
    subject: letter.subject,
    text: letterAsText(letter),
    html: letterAsMail(letter),
    messageId,
    date: Date.parse("2026-05-01T09:00:00Z"),
    calendar: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
  });
  return {
    messageId,
    question: "PLC-0000-0000-0000-0001",
    letter: "PLC-0000-0000-0000-0002",
    sender: "questions@ask.hollow.example",
    recipient,
    mail,
  };
}

test("what is queued is what arrives, byte for byte, under the Message-ID it had before, with reports asked for", async () => {
  await using running = await startMailServer();
  const outbox = await openOutbox(path());
  const letter = await letterTo("w.thornby@lanterns.example");
  outbox.queue(letter, now());
  outbox.queue({ ...letter, recipient: "other@else.example" }, now());
  const handed = await sendNext(outbox, running.server, now);
  assert.deepEqual([handed?.state, handed?.messageId], ["accepted", letter.messageId]);
  assert.equal(await sendNext(outbox, running.server, now), undefined);
  assert.equal(running.received.length, 1);
  const got = running.received[0] ?? assert.fail();
  assert.ok(got.bytes.equals(Buffer.from(letter.mail)), got.bytes.toString());
  assert.deepEqual([got.from, got.to, got.messageId], [letter.sender, letter.recipient, letter.messageId]);
  const mail = await readMail(got.bytes);
  assert.deepEqual(
    [mail.messageId, mail.automatic, mail.files.map(({ name }) => name)],
    [letter.messageId, [], ["forum.ics"]],
  );
  assert.match(mail.text, /The reply will be published whole\./);
  assert.equal(mail.otherText, undefined, "both forms say the same");
  assert.deepEqual(
    outbox.unnoted().map(({ state }) => state),
    ["accepted"],
  );
  outbox.noted(letter.messageId, "accepted");
  assert.deepEqual(outbox.unnoted(), []);
  outbox.close();
});

test("by the server's word: turned away for good, put off, not taken after all; without its word nobody knows", async () => {
  await using running = await startMailServer();
  const cases = [
    ["nobody@lanterns.example", "bounced"],
    ["later@lanterns.example", "queued"],
    ["spam@lanterns.example", "bounced"],
    ["silent@lanterns.example", "uncertain"],
  ] as const;
  for (const [recipient, state] of cases) {
    const outbox = await openOutbox(path());
    outbox.queue(await letterTo(recipient), now());
    assert.equal((await sendNext(outbox, running.server, now))?.state, state, recipient);
    assert.equal(outbox.list()[0]?.state, state, recipient);
    if (state !== "queued") assert.equal(await sendNext(outbox, running.server, now), undefined, recipient);
    outbox.close();
  }
  assert.equal(running.received.filter(({ to }) => to.startsWith("silent@")).length, 1);
});

test("a server that is not there, or does not know the account, was told nothing: the letter waits", async () => {
  await using running = await startMailServer();
  const outbox = await openOutbox(path());
  outbox.queue(await letterTo("w.thornby@lanterns.example"), now());
  for (const server of [
    { ...running.server, port: 1 },
    { ...running.server, password: "another" },
    { ...running.server, security: "starttls" },
    { ...running.server, security: "tls" },
  ] as const) {
    const handed = await sendNext(outbox, server, now);
    assert.equal(handed?.state, "queued");
    assert.ok(!handed.detail.includes(PASSWORD) && !handed.detail.includes("another"));
  }
  await assert.rejects(sendNext(outbox, { host: "mail.hollow.example", port: 25, security: "none" }, now), (error) =>
    isPlacardError(error, "usage"),
  );
  assert.equal((await sendNext(outbox, running.server, now))?.state, "accepted");
  assert.equal(running.received.length, 1);
  outbox.close();
});

test("one letter is in one process's hands; what a dead one held may have been sent, and a person decides", async () => {
  const file = path();
  const [first, second] = [await openOutbox(file), await openOutbox(file)];
  const letter = await letterTo("w.thornby@lanterns.example");
  first.queue(letter, now());
  assert.equal(first.take(now())?.messageId, letter.messageId);
  assert.equal(second.take(now()), undefined);
  assert.throws(
    () => second.settle(letter.messageId, "queued", now()),
    (error) => isPlacardError(error, "conflict"),
  );
  assert.throws(
    () => second.resolve(letter.messageId, "cancelled", now()),
    (error) => isPlacardError(error, "conflict"),
  );
  first.close();
  // As the next process finds it: this process's own name counts as dead to whoever asks.
  assert.equal(second.recover(now()), 1);
  assert.equal(second.take(now()), undefined, "it is not sent again by itself");
  assert.deepEqual(
    second.unnoted().map(({ state }) => state),
    ["uncertain"],
  );
  second.resolve(letter.messageId, "accepted", now(), "found among what was sent");
  assert.throws(
    () => second.resolve(letter.messageId, "cancelled", now()),
    (error) => isPlacardError(error, "conflict"),
  );
  assert.deepEqual(
    second.list().map(({ state, detail }) => [state, detail]),
    [["accepted", "found among what was sent"]],
  );
  second.close();
});

test("the outbox is its owner's alone, and holds no password", async () => {
  await using running = await startMailServer();
  const file = path();
  const outbox = await openOutbox(file);
  outbox.queue(await letterTo("w.thornby@lanterns.example"), now());
  await sendNext(outbox, { ...running.server, password: "another" }, now);
  await sendNext(outbox, running.server, now);
  outbox.close();
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const bytes = await readFile(file);
  for (const secret of [PASSWORD, Buffer.from(`\0questions\0${PASSWORD}`).toString("base64")])
    assert.ok(!bytes.includes(secret));
});
