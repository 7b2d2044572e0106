/** What came by e-mail since, out of the group's mailbox and into the record. */
import { Resolver } from "node:dns/promises";
import { type ResolveTexts, readSignatures } from "../../ask/mail/signature.ts";
import { fetchMail } from "../../ask/sending/fetch.ts";
import type { Outbox } from "../../ask/sending/outbox.ts";
import type { MailServer } from "../../ask/sending/server.ts";
import type { RecordContext } from "../context.ts";
import { takeInMail } from "./post.ts";

export interface FetchedReplies {
  readonly replies: number;
  readonly reports: number;
  /** About no question that is known. They stay in the mailbox, for a person to look at before it is said that nothing came. */
  readonly unmatched: number;
  /** Too large, or made so that they cannot be read: the same. */
  readonly unread: number;
}

/** DNS as this machine asks it, with an end to waiting. */
function publicTexts(): ResolveTexts {
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
