/** Whether another letter may go out: at most so many, none while one is on its way or nobody is there, none before the day that was asked for. */
import type { Told } from "../lib/told.ts";
import { dayAfter, dayIn, dayInWords, daysFrom } from "./days.ts";
import type { Question } from "./fold.ts";
import { wentOut } from "./letters.ts";
import { say } from "./said.ts";
import { isResting, lastDayAsked, statusOf } from "./status.ts";

/** How many days whoever is asked has at the least. */
export const NOTICE_DAYS = 7;

/** Why there may be no letter now that asks for a reply by the day `by`; undefined where there may be. A person agrees to each all the same. */
export function letterRefusal(question: Question, by: string, now: number): Told | undefined {
  const { asked, letters, pauses, withdrawn, replies } = question;
  const today = dayIn(asked.timeZone, now);
  if (withdrawn !== undefined) return say("letter_withdrawn");
  if (letters.filter(({ fate }) => fate !== "cancelled").length >= asked.mostLetters)
    return say("letter_limit", { most: asked.mostLetters });
  if (isResting(pauses, today)) return say("letter_resting");
  const { code } = statusOf(question, now);
  if (SETTLED.has(code) || replies.some(({ as }) => as === undefined)) return say("letter_replied");
  if (letters.some(({ fate }) => fate === "agreed" || fate === "unclear")) return say("letter_on_its_way");
  const byOn = lastDayAsked(letters.filter(wentOut));
  if (byOn !== undefined && today <= byOn) return say("letter_too_soon", { byOn }, { byOn: dayInWords(byOn) });
  return daysFrom(today, by) < NOTICE_DAYS ? say("letter_short_notice", { days: NOTICE_DAYS }) : undefined;
}

/** The same for whoever asks for a reply late enough. */
export function letterRefusalNow(question: Question, now: number): Told | undefined {
  return letterRefusal(question, dayAfter(dayIn(question.asked.timeZone, now), NOTICE_DAYS), now);
}

/** Why nobody may say now that they looked and nothing came; undefined where they may. */
export function lookRefusal(
  { asked, letters, replies, theirWords, withdrawn }: Question,
  now: number,
): Told | undefined {
  if (withdrawn !== undefined) return say("letter_withdrawn");
  const byOn = lastDayAsked(letters.filter((letter) => wentOut(letter) || letter.fate === "unclear"));
  if (byOn === undefined) return say("look_nothing_sent");
  if (dayIn(asked.timeZone, now) <= byOn) return say("look_too_soon", { byOn }, { byOn: dayInWords(byOn) });
  const isNothing = theirWords.length === 0 && replies.every(({ as }) => as === "automatic" || as === "unrelated");
  return isNothing ? undefined : say("look_reply_came");
}

const SETTLED: ReadonlySet<string> = new Set([
  "replyCame",
  "answered",
  "declined",
  "answeredElsewhere",
  "outsideRemit",
]);
