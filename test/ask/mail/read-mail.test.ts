/** Mail as it comes: what it says, what it is, and what is not done with it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { matchMail, type SentLetter } from "../../../src/ask/mail/match.ts";
import { LARGEST_MAIL, readMail } from "../../../src/ask/mail/read-mail.ts";
import { isPlacardError } from "../../../src/lib/error.ts";
import {
  ADDRESS,
  BOUNCED,
  DELAYED,
  DELIVERED,
  eml,
  HTML_ONLY,
  LETTER_ID,
  OUT_OF_OFFICE,
  PLAIN,
  RELAYED,
  TWO_FORMS,
} from "./mails.ts";

const sent: SentLetter = {
  question: "PLC-0000-0000-0000-0001",
  letter: "PLC-0000-0000-0000-0002",
  messageId: LETTER_ID,
  token: "k3v9x2m7q4",
  to: "w.thornby@lanterns.example",
};
const headed = (headers: string, body = "The lamps."): Uint8Array =>
  eml(`From: w.thornby@lanterns.example\n${headers}\n\n${body}\n`);

test("a reply: from whom, when, about what, whole", async () => {
  const mail = await readMail(PLAIN);
  assert.deepEqual(mail.from, [{ name: "Wendel Thornby", address: "w.thornby@lanterns.example" }]);
  assert.deepEqual(mail.to, [ADDRESS]);
  assert.equal(mail.subject, "Re: The lamps – Hollow Lane");
  assert.equal(mail.date, Date.parse("2026-05-06T14:02:11Z"));
  assert.equal(mail.messageId, "<answer-1@lanterns.example>");
  assert.deepEqual(mail.answers, [LETTER_ID, "<older@lanterns.example>"]);
  assert.equal(
    mail.text,
    "Dear residents,\n\nthe lamps will be lit again on 1 June. I have asked for it – in writing.\n\nWendel Thornby",
  );
  assert.deepEqual([mail.automatic, mail.files, mail.report, mail.otherText], [[], [], undefined, undefined]);
});

test("of a time that is none, none is told", async () => {
  assert.equal((await readMail(headed("Date: soon"))).date, undefined);
  assert.equal(
    (await readMail(headed("Date: Wed, 06 May 2026 15:02:11 +0100 (BST)"))).date,
    Date.parse("2026-05-06T14:02:11Z"),
  );
});

test("which letter a mail is about", async () => {
  const about = async (bytes: Uint8Array) => matchMail(await readMail(bytes), [sent]);
  assert.deepEqual(await about(PLAIN), {
    question: sent.question,
    letter: sent.letter,
    by: "messageId",
    fromWhomItWasSentTo: true,
  });
  assert.deepEqual(await about(HTML_ONLY), { question: sent.question, by: "token", fromWhomItWasSentTo: true });
  assert.equal((await about(BOUNCED))?.by, "report");
  assert.equal((await about(headed(`To: ${ADDRESS.toUpperCase()}`)))?.by, "token");
  assert.equal(
    (await about(eml(`From: other@else.example\nIn-Reply-To: ${LETTER_ID}\n\nHello\n`)))?.fromWhomItWasSentTo,
    false,
  );
  assert.equal(await about(headed("To: questions@ask.hollow.example")), undefined);
  assert.equal(await about(headed("To: questions+k3v9x2m7q5@ask.hollow.example")), undefined);
});

test("what says of itself that a machine wrote it, and what does not", async () => {
  const signs = async (headers: string) => (await readMail(headed(headers))).automatic.map(({ source }) => source);
  const all = await readMail(OUT_OF_OFFICE);
  assert.deepEqual(
    all.automatic.map(({ source, says }) => `${source}: ${says}`),
    [
      "auto-submitted: auto-replied",
      "return-path: <>",
      "x-auto-response-suppress: All",
      "subject: Automatic reply: The lamps",
    ],
  );
  assert.deepEqual(await signs("Auto-Submitted: auto-generated (rejected)"), ["auto-submitted"]);
  assert.deepEqual(await signs("X-Autoreply: yes"), ["x-autoreply"]);
  assert.deepEqual(await signs("Precedence: auto_reply"), ["precedence"]);
  assert.deepEqual(await signs("Precedence: bulk\nSubject: Out of office"), ["precedence", "subject"]);
  assert.deepEqual(
    await signs("Subject: =?utf-8?B?16rXqdeV15HXlCDXkNeV15jXldee15jXmdeq?=\nX-Auto-Response-Suppress: All"),
    ["x-auto-response-suppress", "subject"],
  );
  for (const headers of [
    "Auto-Submitted: no",
    "X-Auto-Response-Suppress: All",
    "Precedence: bulk",
    "Subject: Out of office hours",
    "X-Autoreply: no",
  ])
    assert.deepEqual(await signs(headers), [], headers);
});

test("what servers report of a letter", async () => {
  const told = async (bytes: Uint8Array) => (await readMail(bytes)).report;
  const common = { recipient: "w.thornby@lanterns.example" };
  assert.deepEqual(await told(BOUNCED), {
    messageId: LETTER_ID,
    each: [{ ...common, state: "bounced", status: "5.1.1", detail: "550 5.1.1 no such mailbox" }],
  });
  assert.equal((await told(DELIVERED))?.each[0]?.state, "delivered");
  assert.equal((await told(DELAYED))?.each[0]?.state, "delayed");
  assert.deepEqual((await told(RELAYED))?.each, [], "what was sent on may be lost yet");
  const withoutHeaders = eml(
    Buffer.from(BOUNCED)
      .toString()
      .replace(/Message-ID: .*\r\n/, ""),
  );
  assert.equal((await told(withoutHeaders))?.messageId, LETTER_ID, "by the envelope's id");
});

test("HTML is shown as text: no script, no style, no picture from elsewhere, links with where they lead", async () => {
  const mail = await readMail(HTML_ONLY);
  assert.equal(
    mail.text,
    "The lamps will be lit again.\n\n[Crest of Lanterns] See the minutes <https://lanterns.example/minutes>",
  );
  assert.equal(mail.remotePictures, 2);
  assert.doesNotMatch(mail.text, /evil|fetch|color/);
});

test("a mail whose two forms say different things shows both; what hangs on it stays packed, under a name that is no path", async () => {
  const mail = await readMail(TWO_FORMS);
  assert.equal(mail.text, "Please see the other form of this mail.");
  assert.equal(mail.otherText, "The lamps stay out.");
  assert.deepEqual(
    mail.files.map(({ name, mediaType, bytes }) => [name, mediaType, bytes.length > 0]),
    [
      ["plan.zip", "application/zip", true],
      ["part-2", "message/rfc822", true],
    ],
  );
});

test("what hides or turns round letters is taken out of what is shown", async () => {
  const mail = await readMail(
    headed("Content-Type: text/plain; charset=utf-8\nSubject: a\u202eb", "lit \u202etuo\u202c\u0000\u0007 again\ufeff"),
  );
  assert.equal(mail.text, "lit tuo again");
  assert.equal(mail.subject, "ab");
});

test("a mail that is too large is not read at all", async () => {
  await assert.rejects(readMail(new Uint8Array(LARGEST_MAIL + 1)), (error) => isPlacardError(error, "too_large"));
});

test("a body of one tag over and over takes no time worth speaking of", async () => {
  const started = performance.now();
  await readMail(headed("Content-Type: text/html", "<img ".repeat(200_000))).catch(() => undefined);
  await readMail(headed("Content-Type: text/html", "<div>".repeat(300_000))).catch(() => undefined);
  await readMail(headed("Content-Type: text/html", `<b>${"\n ".repeat(500_000)}</b>`)).catch(() => undefined);
  await readMail(headed("Content-Type: text/plain", `${" \n".repeat(500_000)}`)).catch(() => undefined);
  await readMail(headed("Content-Type: text/plain", `${"\t".repeat(1_000_000)}.`)).catch(() => undefined);
  assert.ok(performance.now() - started < 20_000, `${performance.now() - started} ms`);
});
