/** Invented questions in a house, each just before one of the deeds that members do about it. */
import { agreeToLetter, askQuestion, note } from "../../src/app/ask/questions.ts";
import type { RecordContext } from "../../src/app/context.ts";
import { openContext } from "../../src/app/open-record.ts";
import { utf8 } from "../../src/lib/bytes.ts";
import { asked as invented } from "../ask/writing/letters.ts";

const { act: _, promise: __, token: ___, ...fields } = invented("en");
const DAY = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** Soon, and long enough before a reply is asked for. */
export const laterDay = (days: number): string => dayOf(Date.now() + days * DAY);

export const QUESTION = { ...fields, by: laterDay(20) };
const LETTER = { channel: "post", by: laterDay(20), post: "12 Mill Street, Lanterns" } as const;
const REPLY = "The lamps will be lit again on the first of June.";
/** As somebody has it who got it from elsewhere. */
export const MAIL = [
  "From: Wendel Thornby <w.thornby@lanterns.example>",
  "To: ada@hollow.example",
  "Subject: The lamps",
  "",
  REPLY,
  "",
].join("\r\n");

const DEEDS = [
  "letters/preview",
  "letters",
  "carried",
  "replied",
  "classed",
  "confirmed",
  "looked",
  "paused",
  "resumed",
  "withdrawn",
] as const;
type Deed = (typeof DEEDS)[number];
export type AskedBefore = Readonly<
  Record<Deed, { readonly id: string; readonly json: Readonly<Record<string, string>> }>
>;

/** By somebody who is no member any more, so that every member is another. */
const ACTOR = "actor-x";

export async function askedIn(folder: string): Promise<AskedBefore> {
  await using opened = await openContext(folder);
  const rows: [Deed, AskedBefore[Deed]][] = [];
  for (const deed of DEEDS) rows.push([deed, await before(opened.context, deed)]);
  return Object.fromEntries(rows) as AskedBefore;
}

async function before(context: RecordContext, deed: Deed): Promise<AskedBefore[Deed]> {
  const { id } = await askQuestion(context, { ...QUESTION, actor: ACTOR });
  const row = (json: Readonly<Record<string, string>>) => ({ id, json });
  if (deed === "letters" || deed === "letters/preview") return row(LETTER);
  if (deed === "looked") {
    await wentOutLongAgo(context, id);
    return row({});
  }
  if (deed === "carried") return row({ letter: await letterIn(context, id, laterDay(20)), state: "posted" });
  if (deed === "replied") return row({ channel: "post", from: "Wendel Thornby", text: REPLY });
  if (deed === "paused") return row({ from: laterDay(0), reason: "ill" });
  if (deed === "resumed") {
    const pause = { act: "paused", of: id, from: laterDay(0), reason: "away", actor: ACTOR } as const;
    return row({ pause: (await note(context, pause)).id });
  }
  if (deed === "withdrawn") return row({ reason: "It was answered in another place." });
  const at = new Date(context.clock.now()).toISOString();
  const replied = { act: "replied", of: id, channel: "post", at, nature: "reply", text: REPLY, actor: ACTOR } as const;
  const { id: reply } = await note(context, replied);
  if (deed === "classed") return row({ reply, as: "answered" });
  return row({ what: (await note(context, { act: "classed", of: id, reply, as: "answered", actor: ACTOR })).id });
}

async function letterIn(context: RecordContext, of: string, by: string): Promise<string> {
  const letter = { of, channel: "post", by, actor: ACTOR } as const;
  return (await agreeToLetter(context, letter, async () => utf8("<p>The lamps."), "")).id;
}

/** A letter of a month ago, whose day is over; its question. */
export async function wentOutLongAgo(given: RecordContext, id: string): Promise<void> {
  const then = given.clock.now() - 30 * DAY;
  const context = { ...given, clock: { now: () => then } };
  const letter = await letterIn(context, id, dayOf(then + 20 * DAY));
  const at = new Date(then).toISOString();
  await note(context, { act: "carried", of: id, letter, state: "posted", at, source: "member", actor: ACTOR });
}
