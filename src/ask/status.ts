/**
 * How a question stands, told in public: one status, never typed by anybody, and what is told beside it. Where anything is in doubt it
 * says less. A wrong word about somebody who can be found by their name cannot be taken back.
 */
import type { Told, Within } from "../lib/told.ts";
import type { ReplyClass } from "./acts.ts";
import { dayIn, dayInWords, daysFrom } from "./days.ts";
import type { Pause, Question, Reply } from "./fold.ts";
import { type Letter, wentOut } from "./letters.ts";
import { say } from "./said.ts";

export type StatusCode =
  | "draft"
  | "unclear"
  | "sent"
  | "delivered"
  | "bounced"
  | "replyCame"
  | "acknowledged"
  | "answered"
  | "partlyAnswered"
  | "declined"
  | "answeredElsewhere"
  | "outsideRemit"
  | "withdrawn"
  | "noReply";

export interface Status {
  readonly code: StatusCode;
  readonly said: Told;
  /** What stands beside it, each a sentence of its own. */
  readonly beside: readonly Told[];
}

/** A letter asks for a reply by a day only if it went out, and as far as is known arrived, at least so many days before. */
export const LEAST_DAYS = 5;

/** `now`: milliseconds since 1970. All of `question` is taken to have happened by then. */
export function statusOf(question: Question, now: number): Status {
  return { ...standing(question, now), beside: besides(question, now) };
}

type Standing = Omit<Status, "beside">;

function standing(question: Question, now: number): Standing {
  if (question.withdrawn !== undefined) {
    const cameOn = dayIn(question.asked.timeZone, Date.parse(question.withdrawn.at));
    const said = say("status_withdrawn", { cameOn, reason: question.withdrawn.reason }, inWords({ cameOn }));
    return { code: "withdrawn", said };
  }
  return unread(question) ?? agreedUpon(question) ?? silence(question, now) ?? onItsWay(question, now);
}

/** What came in and is not judged by two members is not judged at all. */
function unread(question: Question): Standing | undefined {
  const newest = question.replies.findLast(isUnread);
  const theirs = question.theirWords
    .map(({ at }) => dayIn(question.asked.timeZone, Date.parse(at)))
    .toSorted()
    .at(-1);
  if (newest === undefined && theirs === undefined) return undefined;
  if (newest !== undefined) return came(newest);
  return { code: "replyCame", said: cameSaid("status_message_came", theirs ?? "") };
}

function came({ act, cameOn }: Pick<Reply, "act" | "cameOn">): Standing {
  return {
    code: "replyCame",
    said: cameSaid(act.nature === "reply" ? "status_reply_came" : "status_message_came", cameOn),
  };
}

/** Whether it is more than a machine's message, or somebody else's, as far as anybody can tell. */
const isSomething = (reply: Reply): boolean => isUnread(reply) || (reply.as !== undefined && !isNone(reply.as));

/** A machine's message stands beside; it takes the status of nothing, but until two members say so it is no silence either. */
function isUnread({ act, as, theirs }: Reply): boolean {
  if (isNone(as)) return theirs !== undefined && !isNone(theirs);
  return as === undefined && (act.nature !== "automatic" || (theirs !== undefined && !isNone(theirs)));
}

const isNone = (as: ReplyClass | undefined): boolean => as === "automatic" || as === "unrelated";

/** Of several replies the one that goes furthest to meet the question. */
const FURTHEST = ["answered", "accepted", "elsewhere", "partly", "outsideRemit", "declined", "acknowledged"] as const;
const CLASSED = {
  answered: ["answered", "status_answered"],
  accepted: ["answered", "status_accepted"],
  elsewhere: ["answeredElsewhere", "status_elsewhere"],
  partly: ["partlyAnswered", "status_partly"],
  outsideRemit: ["outsideRemit", "status_outside_remit"],
  declined: ["declined", "status_declined"],
  acknowledged: ["acknowledged", "status_acknowledged"],
} as const;

/** Where something cannot be read, it may be another word on a reply: then nothing less than the best is said of it. */
function agreedUpon({ replies, whole }: Question): Standing | undefined {
  for (const as of FURTHEST) {
    const reply = replies.findLast((one) => one.as === as);
    if (reply === undefined) continue;
    if (!whole && CLASSED[as][0] !== "answered") return came(replies.findLast(isSomething) ?? reply);
    const { cameOn, quote = "" } = reply;
    const [code, sentence] = CLASSED[as];
    if (sentence === "status_declined") return { code, said: say(sentence, { cameOn, quote }, inWords({ cameOn })) };
    return { code, said: cameSaid(sentence, cameOn) };
  }
  return undefined;
}

/**
 * That nothing came by the day that was asked for. Only where that day is over where the office-holder is; where nothing at all came, but for what
 * two members say is no reply; where a letter went out early enough, did not come back, and nobody was ill meanwhile; where somebody
 * looked everywhere since; and where every act about the question can be read.
 */
function silence(question: Question, now: number): Standing | undefined {
  const { asked, letters, replies, theirWords, pauses, looks, whole } = question;
  if (
    !whole ||
    theirWords.length > 0 ||
    !replies.every(({ as, theirs }) => isNone(as) && (theirs === undefined || isNone(theirs)))
  )
    return undefined;
  const today = dayIn(asked.timeZone, now);
  // One that may have gone out could have asked for a later day.
  const byOn = lastDayAsked(letters.filter((letter) => wentOut(letter) || letter.fate === "unclear"));
  if (byOn === undefined || today <= byOn || isResting(pauses, today)) return undefined;
  if (!looks.some(({ at }) => Date.parse(at) <= now && dayIn(asked.timeZone, Date.parse(at)) > byOn)) return undefined;
  const counted = letters
    .filter(wentOut)
    .filter(({ wentOn }) => wentOn <= byOn && !pauses.some((pause) => overlaps(pause, wentOn, byOn)));
  if (!counted.some(({ wentOn, deliveredOn = wentOn }) => daysFrom(deliveredOn, byOn) >= LEAST_DAYS)) return undefined;
  const confirmed = counted.some(({ fate }) => fate === "delivered");
  const sentence = confirmed ? "status_no_reply_confirmed" : "status_no_reply_unconfirmed";
  return { code: "noReply", said: say(sentence, { byOn, times: timesSaid(counted.length) }, inWords({ byOn })) };
}

function overlaps({ from, until }: Pause, first: string, last: string): boolean {
  return from <= last && (until === undefined || until >= first);
}

/** Whether it is known today that the office-holder is not there. */
export function isResting(pauses: readonly Pause[], today: string): boolean {
  return pauses.some((pause) => overlaps(pause, today, today));
}

export function lastDayAsked(letters: readonly Letter[]): string | undefined {
  return letters
    .map(({ act }) => act.by)
    .toSorted()
    .at(-1);
}

/** Until the day that was asked for, and since. */
const WAITING = {
  delivered: ["status_delivered", "status_delivered_since"],
  published: ["status_published", "status_published_since"],
  sent: ["status_sent", "status_sent_since"],
} as const;

function onItsWay({ asked, letters }: Question, now: number): Standing {
  const out = letters.filter(wentOut);
  const newest = out.findLast(({ fate }) => fate === "delivered") ?? out.at(-1);
  if (newest !== undefined) {
    const byOn = lastDayAsked(out) ?? asked.by;
    const since = dayIn(asked.timeZone, now) > byOn;
    const arrived = newest.fate === "delivered";
    const how = arrived ? "delivered" : newest.act.channel === "public" ? "published" : "sent";
    const sentOn = (arrived ? newest.deliveredOn : undefined) ?? newest.wentOn;
    const said = say(WAITING[how][since ? 1 : 0], { sentOn, byOn }, inWords({ sentOn, byOn }));
    return { code: arrived ? "delivered" : "sent", said };
  }
  if (letters.some(({ fate }) => fate === "unclear")) return { code: "unclear", said: say("status_unclear") };
  const back = letters.findLast(({ fate }) => fate === "bounced")?.cameBackOn;
  if (back !== undefined) return { code: "bounced", said: cameSaid("status_bounced", back) };
  return { code: "draft", said: say("status_draft") };
}

const THEIR_WORD = {
  answered: "class_answered",
  accepted: "class_accepted",
  partly: "class_partly",
  elsewhere: "class_elsewhere",
  outsideRemit: "class_outside_remit",
  declined: "class_declined",
  acknowledged: "class_acknowledged",
  automatic: "class_automatic",
  unrelated: "class_unrelated",
} as const satisfies Readonly<Record<ReplyClass, string>>;

function besides({ asked, withdrawn, replies, pauses }: Question, now: number): readonly Told[] {
  const told: Told[] = [];
  const last = replies.findLast(isSomething);
  if (withdrawn !== undefined && last !== undefined) told.push(came(last).said);
  const automatic = replies.findLast(
    ({ act, as, theirs }) => act.nature === "automatic" && as === undefined && theirs === undefined,
  );
  if (automatic !== undefined) told.push(cameSaid("status_automatic_came", automatic.cameOn));
  if (isResting(pauses, dayIn(asked.timeZone, now))) told.push(say("status_resting"));
  for (const { theirs, as, cameOn } of replies) {
    if (theirs === undefined || theirs === as) continue;
    told.push(say("status_they_say", { cameOn, as: say(THEIR_WORD[theirs]) }, inWords({ cameOn })));
  }
  return told;
}

function cameSaid(code: Parameters<typeof say>[0] & CameCode, cameOn: string): Told {
  return say(code, { cameOn }, inWords({ cameOn }));
}

type CameCode =
  | (typeof CLASSED)[Exclude<keyof typeof CLASSED, "declined">][1]
  | "status_bounced"
  | "status_reply_came"
  | "status_message_came"
  | "status_automatic_came";

function timesSaid(count: number): Within {
  if (count === 1) return say("times_one");
  if (count === 2) return say("times_two");
  return say("times_many", { count });
}

/** English has the days in words; another language makes its own of them. */
function inWords<Names extends string>(days: Readonly<Record<Names, string>>): Record<Names, string> {
  return Object.fromEntries(Object.entries<string>(days).map(([name, day]) => [name, dayInWords(day)])) as Record<
    Names,
    string
  >;
}
