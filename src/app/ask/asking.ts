/** What the faces ask of questions, and do about them: each deed one act or one letter, by one member. */
import type { ActOf, AskAct } from "../../ask/acts.ts";
import { dayIn } from "../../ask/days.ts";
import { NOTICE_DAYS } from "../../ask/limits.ts";
import { LARGEST_MAIL } from "../../ask/mail/read-mail.ts";
import { readSignatures } from "../../ask/mail/signature.ts";
import { PlacardError } from "../../lib/error.ts";
import { readMailAccount } from "../../vault/mail-account.ts";
import type { RecordContext } from "../context.ts";
import { say } from "../said.ts";
import { type Asker, agreeBy, type LetterWanted, sendAll, type WrittenLetter, writeOut } from "./agreeing.ts";
import { type FetchedReplies, fetchInto, publicTexts, refuseLook } from "./fetch-replies.ts";
import { noteCarried } from "./on-the-way.ts";
import { takeInMail } from "./post.ts";
import { type QuestionView, viewOf } from "./question-view.ts";
import { askQuestion, listQuestions, note, readQuestion } from "./questions.ts";

export { CLASSES, LETTER_STATES, MOST_LETTERS } from "../../ask/acts.ts";
export type { FetchedReplies, LetterWanted, QuestionView, WrittenLetter };

export type NewQuestion = Omit<ActOf<"asked">, "act" | "promise" | "token" | "actor">;
type Without<Act, Names extends string> = Act extends AskAct ? Omit<Act, Names | "actor"> : never;
/** What one member notes, as it is sealed but for who and about what; `at` is now unless said. */
export type Noting =
  | (Without<ActOf<"replied">, "of" | "nature" | "message" | "mail" | "at"> & { readonly at?: string | undefined })
  | Without<ActOf<"classed" | "confirmed" | "paused">, "of">
  | { readonly act: "resumed"; readonly pause: string }
  | { readonly act: "withdrawn"; readonly reason: string };

export interface Questions {
  /** Newest first. */
  list(actor: string): Promise<readonly QuestionView[]>;
  /** Throws `not_found`. */
  of(id: string, actor: string): Promise<QuestionView>;
  /** What there is to send with, and how many days whoever is asked has at the least. */
  terms(): Promise<{ readonly mail: boolean; readonly noticeDays: number }>;
  /** Throws as `askQuestion`. */
  ask(fields: NewQuestion, by: Asker): Promise<QuestionView>;
  /** The letter as it would read. Throws as `agree`. */
  preview(id: string, wanted: LetterWanted, by: Asker): Promise<WrittenLetter>;
  /** Agrees to one letter; an e-mail is handed over at once. Throws `conflict` (none may be sent now), `usage`, `storage`. */
  agree(id: string, wanted: LetterWanted, by: Asker): Promise<QuestionView>;
  /** What became of a letter. Throws `conflict` where that cannot be. */
  carried(id: string, told: Carried, actor: string): Promise<QuestionView>;
  /** Takes in an e-mail as a file that a member has. Throws `malformed` where it is none. */
  takeIn(id: string, mail: { readonly bytes: Uint8Array; readonly at?: string }, actor: string): Promise<QuestionView>;
  note(id: string, noting: Noting, actor: string): Promise<QuestionView>;
  /** Somebody looked wherever a reply could have come. Throws `conflict` where one came, or mail lies there that nobody has sorted. */
  looked(id: string, actor: string): Promise<QuestionView>;
  /** Hands over what still waits, and fetches what came, where there is a mailbox. Throws `usage` where there is no mail account. */
  exchange(): Promise<FetchedReplies>;
}

export type Carried = Pick<ActOf<"carried">, "letter" | "state"> & { readonly at?: string | undefined };

export function questionsIn(context: RecordContext): Questions {
  const of = async (id: string, actor: string): Promise<QuestionView> =>
    viewOf(await readQuestion(context, id), actor, context.clock.now());
  const moment = (at: string | undefined): string => momentOf(at, context.clock.now());
  return {
    of,
    list: async (actor) => (await listQuestions(context)).map((one) => viewOf(one, actor, context.clock.now())),
    terms: async () => ({ mail: (await readMailAccount(context.folder.keys)) !== undefined, noticeDays: NOTICE_DAYS }),
    ask: async (fields, { actor }) => of((await askQuestion(context, { ...fields, actor })).id, actor),
    preview: (id, wanted, by) => writeOut(context, id, wanted, by),
    agree: async (id, wanted, by) => {
      await agreeBy(context, id, wanted, by);
      return of(id, by.actor);
    },
    carried: async (id, { letter, state, at }, actor) => {
      await noteCarried(context, { act: "carried", of: id, letter, state, at: moment(at), source: "member", actor });
      return of(id, actor);
    },
    takeIn: async (id, { bytes, at }, actor) => {
      const signatures = (mail: Uint8Array) =>
        readSignatures(mail, { resolve: publicTexts(), now: context.clock.now() });
      await readQuestion(context, id);
      const taken = await takeInMail(context, { bytes, at: Date.parse(moment(at)) }, signatures, id);
      if (taken.what === "unreadable") throw taken.error;
      if (taken.what === "unmatched") throw new PlacardError("not_found", say("mail_about_nothing"));
      return of(taken.question, actor);
    },
    note: async (id, noting, actor) => {
      await note(context, await actOf(context, id, noting, actor, moment));
      return of(id, actor);
    },
    looked: async (id, actor) => {
      await refuseLook(context, id);
      await note(context, { act: "looked", of: id, at: moment(undefined), actor });
      return of(id, actor);
    },
    exchange: async () => {
      const { imap } = await sendAll(context);
      return imap === undefined ? { replies: 0, reports: 0, unmatched: 0, unread: 0 } : fetchInto(context, imap);
    },
  };
}

async function actOf(
  context: RecordContext,
  of: string,
  noting: Noting,
  actor: string,
  moment: (at: string | undefined) => string,
): Promise<Parameters<typeof note>[1]> {
  switch (noting.act) {
    case "replied":
      return { ...noting, of, at: moment(noting.at), nature: "reply", actor };
    case "withdrawn":
      return { ...noting, of, at: moment(undefined), actor };
    case "resumed": {
      const { question } = await readQuestion(context, of);
      if (!question.pauses.some(({ id }) => id === noting.pause))
        throw new PlacardError("not_found", say("ask_unfounded"));
      return { ...noting, of, on: dayIn(question.asked.timeZone, context.clock.now()), actor };
    }
    default:
      return { ...noting, of, actor };
  }
}

/** Nothing happened later than now. */
function momentOf(at: string | undefined, now: number): string {
  if (at === undefined) return new Date(now).toISOString();
  const given = Date.parse(at);
  if (Number.isNaN(given) || given > now) throw new PlacardError("usage", say("moment_to_come"));
  return new Date(given).toISOString();
}

/** A mail that is handed in, held whole: no larger than any that is read. Throws `too_large`. */
export async function takeMail(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: Uint8Array } & AsyncDisposable> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    if ((length += chunk.length) > LARGEST_MAIL) throw new PlacardError("too_large", say("mail_file_too_large"));
    parts.push(chunk);
  }
  return { bytes: Buffer.concat(parts), [Symbol.asyncDispose]: async () => undefined };
}
