/** What came by e-mail since, out of the group's mailbox and into the record. */
import { Resolver } from "node:dns/promises";
import { lookRefusal } from "../../ask/limits.ts";
import { type ResolveTexts, readSignatures } from "../../ask/mail/signature.ts";
import { fetchMail } from "../../ask/sending/fetch.ts";
import type { Outbox } from "../../ask/sending/outbox.ts";
import type { MailServer } from "../../ask/sending/server.ts";
import { PlacardError } from "../../lib/error.ts";
import { readMailAccount } from "../../vault/mail-account.ts";
import type { RecordContext } from "../context.ts";
import { say } from "../said.ts";
import { takeInMail } from "./post.ts";
import { listQuestions, readQuestion } from "./questions.ts";
import { withOutbox } from "./with-outbox.ts";

export interface FetchedReplies {
  readonly replies: number;
  readonly reports: number;
  /** About no question that is known. They stay in the mailbox, for a person to look at before it is said that nothing came. */
  readonly unmatched: number;
  /** Too large, or made so that they cannot be read: the same. */
  readonly unread: number;
}

/** DNS as this machine asks it, with an end to waiting. */
export function publicTexts(): ResolveTexts {
  const resolver = new Resolver({ timeout: 5000, tries: 2 });
  return (name) => resolver.resolveTxt(name);
}

/** `since`: milliseconds since 1970; a day is what a mailbox can be asked for. Throws `remote`, `usage`, `busy`, `storage`. */
export async function fetchReplies(
  context: RecordContext,
  outbox: Outbox,
  server: MailServer,
  options: { readonly folder: string; readonly since: number; readonly resolve?: ResolveTexts },
): Promise<FetchedReplies> {
  const { folder, since, resolve = publicTexts() } = options;
  const counts = { reply: 0, report: 0, unmatched: 0, unreadable: 0 };
  const { tooLarge } = await fetchMail(outbox, server, {
    folder,
    since,
    take: async (mail) => {
      const signatures = (bytes: Uint8Array) => readSignatures(bytes, { resolve, now: context.clock.now() });
      const { what } = await takeInMail(context, mail, signatures);
      counts[what]++;
      // What is for a person to look at is counted until they have moved it away.
      return what === "reply" || what === "report";
    },
  });
  const { reply: replies, report: reports, unmatched, unreadable } = counts;
  return { replies, reports, unmatched, unread: unreadable + tooLarge };
}

/** Where replies come in. */
const FOLDER = "INBOX";
/** A mailbox is asked by days, of no zone that it says. */
const SLACK = 2 * 86_400_000;

/** Whatever came since the first letter of any question. Throws as `fetchReplies`. */
export async function fetchInto(context: RecordContext, server: MailServer): Promise<FetchedReplies> {
  const days = (await listQuestions(context)).flatMap(({ question }) =>
    question.letters.flatMap(({ wentOn }) => (wentOn === undefined ? [] : [Date.parse(wentOn)])),
  );
  const since = Math.min(context.clock.now(), ...days) - SLACK;
  return withOutbox(context, (outbox) => fetchReplies(context, outbox, server, { folder: FOLDER, since }));
}

/**
 * Throws `conflict` where nobody may say that nothing came: too soon, something came, or mail lies in the mailbox that nobody has sorted. The mailbox, where there
 * is one, is looked into first: throws `remote` where that cannot be done.
 */
export async function refuseLook(context: RecordContext, id: string): Promise<void> {
  await refuseNow(context, id);
  const account = await readMailAccount(context.folder.keys);
  if (account?.imap === undefined) return;
  const { unmatched, unread } = await fetchInto(context, account.imap);
  await refuseNow(context, id);
  const count = unmatched + unread;
  if (count > 0) throw new PlacardError("conflict", say("mail_to_sort", { count }), { next: say("sort_mail_first") });
}

async function refuseNow(context: RecordContext, id: string): Promise<void> {
  const why = lookRefusal((await readQuestion(context, id)).question, context.clock.now());
  if (why !== undefined) throw new PlacardError("conflict", why);
}
