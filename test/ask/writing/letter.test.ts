/** Letters: what stands in each, in both languages, and that nothing in them accuses or is fetched. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { letterAsMail, letterAsPaper } from "../../../src/app/ask/letter-page.ts";
import { PROMISE } from "../../../src/ask/acts.ts";
import { momentIn } from "../../../src/ask/days.ts";
import { calendarFile } from "../../../src/ask/writing/calendar.ts";
import { letterAsText, questionLetter, thanksLetter } from "../../../src/ask/writing/letter.ts";
import { en } from "../../../src/ask/writing/words-en.ts";
import { he } from "../../../src/ask/writing/words-he.ts";
import { printIn } from "../../../src/show/print.ts";
import { pdfSizes, pdfTexts } from "../../e2e/pdf-pages.ts";
import { launchOwnBrowser } from "../../own-browser.ts";
import { IN_HEBREW, inBoth } from "../../sentences.ts";
import { asked, head } from "./letters.ts";

const ACCUSES = /\b(?:overdue|refus\w*|by law|ignor\w*|fail\w*|must|obliged|deadline|demand\w*)\b|!/i;

const letters = [
  questionLetter(asked("en"), head),
  questionLetter(asked("en"), { ...head, number: 2, firstOn: "2026-05-01", on: "2026-05-16", by: "2026-05-30" }),
  questionLetter(asked("en", "invitation"), head),
  thanksLetter(asked("en"), { ...head, cameOn: "2026-05-06", page: "https://hollow.example/q/1" }),
];

test("both languages say the same things with the same names in them", () => {
  for (const { key, text, other } of inBoth(en, he)) {
    if (key !== "tag") assert.match(other, IN_HEBREW, key);
    assert.doesNotMatch(text, ACCUSES, key);
    assert.doesNotMatch(other, /!/, key);
  }
});

test("the first letter, as it is read", () => {
  const text = letterAsText(letters[0] ?? assert.fail());
  assert.equal(letters[0]?.subject, "A question to you, from Hollow Lane Residents");
  assert.match(
    text,
    /^Wendel Thornby\nCouncillor for Hollow Ward\nLanterns Borough Council\n\n1 May 2026\n\nDear Wendel Thornby,\n/,
  );
  assert.match(text, /by Friday 15 May 2026, until the end of that day where you are \(British Summer Time\)/);
  for (const part of [
    PROMISE,
    "You owe us no reply.",
    head.mail,
    head.link,
    head.post ?? "",
    "one post that we keep",
    "Ada Quill\n    for Hollow Lane Residents",
  ])
    assert.ok(text.includes(part), part);
  assert.doesNotMatch(text, /[{}]|undefined/);
});

test("a reminder says when it was asked, which letter it is, and that letters cross", () => {
  const text = letterAsText(letters[1] ?? assert.fail());
  assert.match(text, /on 1 May 2026 we wrote to you/);
  assert.match(text, /may have crossed/);
  assert.match(text, /This is letter 2 of at most 3 about this question\./);
});

test("an invitation says when, where and who is in the chair; thanks say where the reply stands", () => {
  assert.match(
    letterAsText(letters[2] ?? assert.fail()),
    /When: Wednesday 10 June 2026, 19:30 \(British Summer Time\)\n {4}Where: The Old Hall, 3 Mill Street\n {4}In the chair: Edda Marlow/,
  );
  assert.match(letterAsText(letters[3] ?? assert.fail()), /published whole: https:\/\/hollow\.example\/q\/1/);
});

test("as HTML it fetches nothing, and what somebody wrote is no markup", () => {
  const letter = questionLetter(
    { ...asked("en"), text: '<img src="https://evil.example/x">&<script>' },
    { ...head, writer: "A <b>" },
  );
  const page = letterAsMail(letter);
  assert.doesNotMatch(page, /<(?:img|script|b|link|iframe)\b|url\(|@import/);
  assert.match(page, /&lt;img src=/);
  assert.match(letterAsMail(questionLetter(asked("he"), head)), /<html lang="he" dir="rtl"/);
});

test("it is printed, in both languages, on A4", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-letter-"));
  const browser = await launchOwnBrowser();
  try {
    for (const language of ["en", "he"] as const) {
      const paper = letterAsPaper(questionLetter(asked(language), head));
      const file = join(process.env["PLACARD_SHOTS"] ?? folder, `letter-${language}.pdf`);
      await writeFile(file, await printIn(browser, paper, { size: "A4" }));
      const sizes = pdfSizes(file);
      assert.ok(sizes.length <= 2 && sizes.every(([width, height]) => width === 210 && height === 297), String(sizes));
      const text = pdfTexts(file)?.join(" ").replace(/\s+/g, " ");
      if (text !== undefined) assert.match(text, /The reply will be published whole/);
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
});

test("times on clocks, through the days on which they are changed", () => {
  const at = (zone: string, day: string, clock: string): string => new Date(momentIn(zone, day, clock)).toISOString();
  assert.equal(at("Europe/London", "2026-06-10", "19:30"), "2026-06-10T18:30:00.000Z");
  assert.equal(at("Europe/London", "2026-03-29", "00:30"), "2026-03-29T00:30:00.000Z");
  assert.equal(at("Europe/London", "2026-03-29", "01:30"), "2026-03-29T01:30:00.000Z", "left out: an hour later");
  assert.equal(at("Europe/London", "2026-03-29", "02:30"), "2026-03-29T01:30:00.000Z");
  assert.equal(at("Europe/London", "2026-10-25", "01:30"), "2026-10-25T00:30:00.000Z", "comes twice: the first");
  assert.equal(at("Europe/London", "2026-10-25", "02:30"), "2026-10-25T02:30:00.000Z");
  assert.equal(at("Pacific/Auckland", "2026-06-10", "09:00"), "2026-06-09T21:00:00.000Z");
  assert.equal(at("America/Los_Angeles", "2026-11-01", "00:30"), "2026-11-01T07:30:00.000Z");
  assert.equal(at("Asia/Kolkata", "2026-06-10", "19:30"), "2026-06-10T14:00:00.000Z");
});

test("calendar entries: lines that are folded within no character, nothing that ends an entry early", () => {
  const file = calendarFile(
    {
      uid: "PLC-7G2K@hollow.example",
      title: "A forum, with everybody; come\nEND:VEVENT",
      place: `אולם הפנסים ${"א".repeat(60)}`,
      on: "2026-06-10",
      at: { clock: "19:30", timeZone: "Europe/London", minutes: 90 },
    },
    Date.parse("2026-05-01T10:00:00Z"),
  );
  const lines = file.split("\r\n");
  assert.ok(
    lines.every((one) => Buffer.byteLength(one) <= 75 && one.isWellFormed()),
    file,
  );
  assert.equal(lines.filter((one) => one === "END:VEVENT").length, 1);
  const unfolded = file.replaceAll("\r\n ", "");
  assert.match(unfolded, /\r\nDTSTAMP:20260501T100000Z\r\nDTSTART:20260610T183000Z\r\nDTEND:20260610T200000Z\r\n/);
  assert.ok(unfolded.includes("SUMMARY:A forum\\, with everybody\\; come\\nEND:VEVENT\r\n"));
  assert.match(unfolded, /LOCATION:אולם הפנסים א{60}\r\n/);
  const day = calendarFile({ uid: "x", title: "A reply is asked for", on: "2026-05-15" }, 0);
  assert.match(day, /DTSTART;VALUE=DATE:20260515\r\nTRANSP:TRANSPARENT/);
});
