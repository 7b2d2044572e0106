/**
 * What can happen to a question that is put to an office-holder in public (docs/formats/question.md). Each act is sealed by itself and
 * names its question; how a question stands is nowhere written, but follows from them (fold.ts).
 */
import { z } from "zod";
import { PlacardError } from "../lib/error.ts";
import type { Json } from "../lib/json.ts";
import type { Act } from "../record/act.ts";
import { isDay, isTimeZone } from "./days.ts";
import { say } from "./said.ts";

/** Stands in every question's act, and so is bound before anything is sent. */
export const PROMISE = "The reply will be published whole.";
/** The first letter and the reminders together: no question may have more. */
export const MOST_LETTERS = 5;

const id = z.string().regex(/^PLC(?:-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
const line = z.string().trim().min(1).max(300);
const words = z.string().trim().min(1).max(20_000);
const day = z.string().refine(isDay);
/** RFC 3339, with its offset; of a year that people write letters in, in every time zone. */
const moment = z.iso.datetime({ offset: true }).refine((at) => /^(?:19[7-9]|2\d)/.test(at) && at > "1970-01-02");
const actor = line.optional();
const blob = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().min(0), mediaType: line });

/** Names as Popolo has them (https://www.popoloproject.com): somebody, the post they hold, where. */
const named = z.object({ name: line, id: line.optional() });
const officeHolder = z.object({
  person: named,
  post: z.object({ label: line, id: line.optional() }),
  organization: named,
});

const forum = z.object({
  on: day,
  startsAt: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
  place: line,
  chair: line,
});

/** What became of a letter, as somebody tells it. */
export const LETTER_STATES = [
  "accepted",
  "posted",
  "handed",
  "published",
  "delivered",
  "delayed",
  "bounced",
  "uncertain",
  "cancelled",
] as const;

/** What a reply is. The last two say that it is none: a machine wrote it, or it came from somebody else. */
export const CLASSES = [
  "answered",
  "accepted",
  "partly",
  "elsewhere",
  "outsideRemit",
  "declined",
  "acknowledged",
  "automatic",
  "unrelated",
] as const;
const replyClass = z.enum(CLASSES);
export type ReplyClass = z.infer<typeof replyClass>;

/** The question it is about. */
const of = id;
const ACTS = {
  asked: z.object({
    kind: z.enum(["question", "invitation", "request"]),
    to: officeHolder,
    /** Where the office-holder is: until when a day lasts. */
    timeZone: z.string().refine(isTimeZone),
    language: z.enum(["en", "he"]),
    text: words,
    exhibits: z.array(id).max(100),
    by: day,
    promise: z.literal(PROMISE),
    mostLetters: z.int().min(1).max(MOST_LETTERS),
    forum: forum.optional(),
    /** Stands in the address that replies go to; never handed out. */
    token: z
      .string()
      .regex(/^[a-z0-9]{10,40}$/)
      .optional(),
    actor,
  }),
  /** Written, and agreed to by a person: each by itself. Not yet on its way. */
  letter: z.object({
    of,
    channel: z.enum(["email", "post", "handed", "public"]),
    by: day,
    /** Fixed before it is sent, so that it is known again wherever it turns up. */
    messageId: line.optional(),
    /** Where it goes; never handed out. */
    address: line.optional(),
    /** Its very bytes. */
    letter: blob.optional(),
    actor,
  }),
  /** What became of a letter. */
  carried: z.object({
    of,
    letter: id,
    state: z.enum(LETTER_STATES),
    at: moment,
    /** Who says so. */
    source: z.enum(["server", "report", "proof", "member"]),
    detail: line.optional(),
    proof: blob.optional(),
    actor,
  }),
  /** Whatever came in, by any way. `at`: when it reached the group. */
  replied: z.object({
    of,
    channel: z.enum(["email", "post", "handed", "person", "link", "elsewhere"]),
    at: moment,
    /** As it was taken in: nobody has judged it yet. `unclear`: perhaps from somebody else. */
    nature: z.enum(["reply", "automatic", "unclear"]),
    from: line.optional(),
    text: words.optional(),
    message: blob.optional(),
    /** Where they answered in public. */
    exhibit: id.optional(),
    /** What the mail itself shows of its sender (docs/asking.md). */
    mail: z.record(z.string(), z.json()).optional(),
    actor,
  }),
  /** One member's reading of a reply. Says nothing in public until another confirms it. */
  classed: z
    .object({ of, reply: id, as: replyClass, quote: z.string().trim().min(1).max(1000).optional(), actor: line })
    .refine(({ as, quote }) => as !== "declined" || quote !== undefined),
  /** Another member agrees: to how a reply was classed, or to what became of a promise. */
  confirmed: z.object({ of, what: id, actor: line }),
  /** How the office-holder classes a reply of theirs. */
  disputed: z.object({ of, reply: id.optional(), as: replyClass, words: words.optional(), at: moment, actor }),
  /** The office-holder is ill, bereaved or away; which of them is told to nobody. */
  paused: z.object({ of, from: day, until: day.optional(), reason: z.enum(["ill", "bereaved", "away"]), actor }),
  resumed: z.object({ of, pause: id, on: day, actor }),
  /** Somebody looked wherever a reply could have come, and found none. */
  looked: z.object({ of, at: moment, actor: line }),
  withdrawn: z.object({ of, at: moment, reason: line, actor }),
  /** An accepted invitation is an event from now on. */
  convened: z.object({ of, reply: id, forum, agenda: z.array(line).max(50), actor }),
  minuted: z.object({ of, event: id, at: moment, minutes: blob, actor }),
  /** Words in which something was promised, in a reply or at an event. */
  promised: z.object({ of, source: id, words: line, at: moment, by: day.optional(), actor }),
  followed: z.object({
    of,
    promise: id,
    state: z.enum(["kept", "partlyKept", "note"]),
    words: line,
    exhibit: id.optional(),
    at: moment,
    actor: line,
  }),
} as const;

type ActName = keyof typeof ACTS;
/** One act, as it was read: `act` tells which. */
export type AskAct = { [Name in ActName]: { readonly act: Name } & z.infer<(typeof ACTS)[Name]> }[ActName];
export type ActOf<Name extends ActName> = Extract<AskAct, { readonly act: Name }>;

/** Whether an act is about a of, be it that this version cannot read it. */
export function isAskAct(name: unknown): name is ActName {
  return typeof name === "string" && Object.hasOwn(ACTS, name);
}

/** The act in these fields; undefined where it is not of these, or not as it should be. */
export function readAskAct(fields: Readonly<Record<string, Json>>): AskAct | undefined {
  const name = fields["act"];
  if (!isAskAct(name)) return undefined;
  const { success, data } = ACTS[name].safeParse(fields);
  return success ? ({ act: name, ...data } as AskAct) : undefined;
}

/** What is to be sealed, held to its form first. Throws `usage`. */
export function askAct<Name extends ActName>(act: Name, fields: Omit<ActOf<Name>, "act">): Act {
  const { success, data, error } = ACTS[act].safeParse(fields);
  if (!success) {
    const where = error.issues[0]?.path.join(".") ?? "";
    throw new PlacardError("usage", say("not_as_it_should_be", { field: where === "" ? act : where }));
  }
  const given = Object.entries(data).filter(([, value]) => value !== undefined);
  return { act, ...(Object.fromEntries(given) as Record<string, Json>) };
}
