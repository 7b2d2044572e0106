import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { utf8 } from "../../lib/bytes.ts";
import { agreeToLetter, askQuestion, note } from "../ask/questions.ts";
import { initRecord } from "../init-record.ts";
import { type OpenedRecord, openContext } from "../open-record.ts";
import { siteQuestions } from "./site-questions.ts";

let folder: string;
let opened: OpenedRecord;
let now = Date.parse("2031-03-02T10:00:00Z");
const DAY = 86_400_000;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "placard-site-questions-"));
  await initRecord(folder, { name: "Hollow Lane Residents" });
  opened = await openContext(folder, { clock: { now: () => ++now } });
});
after(async () => {
  await opened[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function asked(text: string, agrees: string): Promise<string> {
  const { context } = opened;
  const { id } = await askQuestion(context, {
    kind: "question",
    to: {
      person: { name: "Perrin Dovetail" },
      post: { label: "Keeper of Lamps" },
      organization: { name: "Hollow Lane" },
    },
    timeZone: "Europe/London",
    language: "en",
    text,
    exhibits: [],
    by: "2031-03-20",
    mostLetters: 2,
    actor: "actor-one",
  });
  const fields = { of: id, channel: "handed", by: "2031-03-20", actor: agrees } as const;
  const letter = await agreeToLetter(context, fields, async () => utf8("<p>A letter</p>"), "lane.example");
  await note(context, { act: "carried", of: id, letter: letter.id, state: "handed", at: at(), source: "member" });
  return id;
}

const at = (): string => new Date(now).toISOString();
const only = async () => {
  const [question] = await siteQuestions(opened.context, new Set());
  return question ?? assert.fail("no question is public");
};

test("a question is public where another agreed to its letter than asked it", async () => {
  await asked("Why were the lamps put out?", "actor-one");
  assert.deepEqual(await siteQuestions(opened.context, new Set()), []);
  const id = await asked("Who keeps the lamps?\n\nThey were out again.", "actor-two");
  const question = await only();
  assert.equal(question.key, id.toLowerCase());
  assert.equal(question.title, "Who keeps the lamps?");
  assert.deepEqual(question.text, ["Who keeps the lamps?", "They were out again."]);
  assert.equal(question.askedOf, "Perrin Dovetail, Keeper of Lamps, Hollow Lane");
  assert.equal(question.status.en, "Delivered on 2 March 2031; a reply is asked for by 20 March 2031.");
  assert.equal(question.status.he, "נמסרה ב־2 במרץ 2031; מתבקשת תשובה עד 20 במרץ 2031.");
});

test("what a member typed as a reply is shown once another agreed what it is, and whole", async () => {
  const { context } = opened;
  const of = (await only()).key.toUpperCase();
  now += DAY;
  const words = "We keep them.\n\nThey are lit again.";
  const reply = await note(context, { act: "replied", of, channel: "post", at: at(), nature: "reply", text: words });
  const waiting = await only();
  assert.match(waiting.status.en, /^Something came back\. A second member has yet to look/);
  assert.deepEqual(
    waiting.thread.map(({ text }) => text),
    [undefined, undefined],
  );
  assert.doesNotMatch(JSON.stringify(waiting), /lit again|published here whole/);
  const classed = await note(context, { act: "classed", of, reply: reply.id, as: "answered", actor: "actor-one" });
  assert.doesNotMatch(JSON.stringify(await only()), /lit again/);
  await note(context, { act: "confirmed", of, what: classed.id, actor: "actor-two" });
  const answered = await only();
  assert.equal(answered.status.en, "Answered on 3 March 2031.");
  assert.deepEqual(answered.thread.at(-1)?.text, ["We keep them.", "They are lit again."]);
});

test("of a withdrawn question one member's words are not told", async () => {
  const of = (await only()).key.toUpperCase();
  await note(opened.context, { act: "withdrawn", of, at: at(), reason: "It was asked twice.", actor: "actor-one" });
  const { status } = await only();
  assert.match(status.en, /^We withdrew the question on 3 March 2031\./);
  assert.doesNotMatch(`${status.en}${status.he}`, /asked twice/);
});
