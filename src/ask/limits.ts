/** Whether another letter may go out: at most so many, none while one is on its way or nobody is there, none before the day that was asked for. */
import type { Told } from "../lib/told.ts";
import { dayIn, dayInWords, daysFrom } from "./days.ts";
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

const SETTLED: ReadonlySet<string> = new Set([
  "replyCame",
  "answered",
  "declined",
  "answeredElsewhere",
  "outsideRemit",
]);
