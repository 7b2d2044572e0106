/** A question as the group sees it: without addresses, tokens and pseudonyms, which are handed out to nobody. */
import type { ActOf } from "../../ask/acts.ts";
import { dayIn, daysFrom } from "../../ask/days.ts";
import type { Reply } from "../../ask/fold.ts";
import type { Letter } from "../../ask/letters.ts";
import { letterRefusalNow, lookRefusal } from "../../ask/limits.ts";
import { lastDayAsked, type StatusCode } from "../../ask/status.ts";
import type { Told } from "../../lib/told.ts";
import { sayable } from "./on-the-way.ts";
import type { AskedQuestion } from "./questions.ts";

type Asked = ActOf<"asked">;

export interface LetterView extends Pick<Letter, "id" | "fate" | "wentOn" | "deliveredOn" | "cameBackOn"> {
  readonly channel: ActOf<"letter">["channel"];
  readonly by: string;
  /** What a member may say became of it. */
  readonly sayable: readonly ActOf<"carried">["state"][];
}

export interface ReplyView extends Pick<Reply, "id" | "cameOn" | "as" | "quote" | "theirs"> {
  readonly channel: ActOf<"replied">["channel"];
  readonly nature: ActOf<"replied">["nature"];
  readonly from?: string;
  readonly text?: string;
  readonly exhibit?: string;
  /** A reading that waits for another member, who is not the one that asks where `isOwn`. */
  readonly proposed?: {
    readonly id: string;
    readonly as: ActOf<"classed">["as"];
    readonly quote?: string;
    readonly isOwn: boolean;
  };
}

export interface QuestionView
  extends Pick<
    Asked,
    "kind" | "to" | "timeZone" | "language" | "text" | "exhibits" | "by" | "promise" | "mostLetters" | "forum"
  > {
  readonly id: string;
  /** RFC 3339. */
  readonly askedAt?: string;
  readonly status: { readonly code: StatusCode; readonly said: Told; readonly beside: readonly Told[] };
  /** Which day it is where the office-holder is. */
  readonly today: string;
  /** By when the newest letter asks, where one went out and that day is not over; and how many days are left. */
  readonly waitsUntil?: string;
  readonly daysLeft?: number;
  readonly letters: readonly LetterView[];
  readonly replies: readonly ReplyView[];
  readonly pauses: readonly { readonly id: string; readonly from: string; readonly until?: string }[];
  readonly isWithdrawn: boolean;
  /** Why there may be no letter now; why nobody may say now that nothing came. Absent where they may. */
  readonly noLetter?: Told;
  readonly noLook?: Told;
}

export function viewOf({ question, status }: AskedQuestion, actor: string, now: number): QuestionView {
  const { id, asked, askedAt, letters, replies, pauses, withdrawn } = question;
  const { kind, to, timeZone, language, text, exhibits, by, promise, mostLetters, forum } = asked;
  const today = dayIn(timeZone, now);
  const noLetter = letterRefusalNow(question, now);
  const noLook = lookRefusal(question, now);
  return {
    id,
    kind,
    to,
    timeZone,
    language,
    text,
    exhibits,
    by,
    promise,
    mostLetters,
    ...(forum === undefined ? {} : { forum }),
    ...(askedAt === undefined ? {} : { askedAt: new Date(askedAt).toISOString() }),
    status,
    today,
    ...waiting(letters, status.code, today),
    letters: letters.map(letterView),
    replies: replies.map((reply) => replyView(reply, actor)),
    pauses: pauses.map(({ id: pause, from, until }) => ({
      id: pause,
      from,
      ...(until === undefined ? {} : { until }),
    })),
    isWithdrawn: withdrawn !== undefined,
    ...(noLetter === undefined ? {} : { noLetter }),
    ...(noLook === undefined ? {} : { noLook }),
  };
}

const WAITING: ReadonlySet<StatusCode> = new Set(["sent", "delivered"]);

function waiting(letters: readonly Letter[], code: StatusCode, today: string) {
  const waitsUntil = lastDayAsked(letters.filter(({ fate }) => fate === "sent" || fate === "delivered"));
  if (waitsUntil === undefined || waitsUntil < today || !WAITING.has(code)) return {};
  return { waitsUntil, daysLeft: daysFrom(today, waitsUntil) };
}

function letterView(letter: Letter): LetterView {
  const { id, act, fate, wentOn, deliveredOn, cameBackOn } = letter;
  return {
    id,
    channel: act.channel,
    by: act.by,
    fate,
    sayable: sayable(letter),
    ...(wentOn === undefined ? {} : { wentOn }),
    ...(deliveredOn === undefined ? {} : { deliveredOn }),
    ...(cameBackOn === undefined ? {} : { cameBackOn }),
  };
}

function replyView({ id, act, cameOn, as, quote, theirs, proposed }: Reply, actor: string): ReplyView {
  const { channel, nature, from, text, exhibit } = act;
  return {
    id,
    cameOn,
    channel,
    nature,
    ...(from === undefined ? {} : { from }),
    ...(text === undefined ? {} : { text }),
    ...(exhibit === undefined ? {} : { exhibit }),
    ...(as === undefined ? {} : { as }),
    ...(quote === undefined ? {} : { quote }),
    ...(theirs === undefined ? {} : { theirs }),
    ...(proposed === undefined
      ? {}
      : {
          proposed: {
            id: proposed.id,
            as: proposed.as,
            isOwn: proposed.actor === actor,
            ...(proposed.quote === undefined ? {} : { quote: proposed.quote }),
          },
        }),
  };
}
