/** A letter from what a member chose to the post: shown first, then agreed to, and an e-mail handed over. */
import type { ActOf } from "../../ask/acts.ts";
import { dayIn } from "../../ask/days.ts";
import type { Question } from "../../ask/fold.ts";
import { wentOut } from "../../ask/letters.ts";
import { composeMail } from "../../ask/sending/compose.ts";
import { calendarFile } from "../../ask/writing/calendar.ts";
import { type LetterText, letterAsText, questionLetter } from "../../ask/writing/letter.ts";
import { utf8 } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { type MailAccount, readMailAccount } from "../../vault/mail-account.ts";
import type { RecordContext } from "../context.ts";
import { shortAddress } from "../placard-content.ts";
import { publicationsIn } from "../publication/publication.ts";
import { say } from "../said.ts";
import { letterAsMail, letterAsPaper } from "./letter-page.ts";
import { queueLetter, sendWaiting } from "./post.ts";
import { agreeToLetter, readQuestion } from "./questions.ts";
import { withOutbox } from "./with-outbox.ts";

/** Whoever does it: their pseudonym, and their name, which signs letters. */
export interface Asker {
  readonly actor: string;
  readonly name: string;
}

export interface LetterWanted {
  readonly channel: ActOf<"letter">["channel"];
  readonly by: string;
  /** Where it goes, by e-mail; never handed out. */
  readonly address?: string | undefined;
  /** Where replies on paper go. */
  readonly post?: string | undefined;
}

export interface WrittenLetter {
  readonly subject: string;
  readonly text: string;
  readonly language: "en" | "he";
}

/** The letter as it would read. Throws `not_found`, `usage` where there is no way to reply. */
export async function writeOut(
  context: RecordContext,
  id: string,
  wanted: LetterWanted,
  by: Asker,
): Promise<WrittenLetter> {
  const account = await accountFor(context, wanted);
  const { question } = await readQuestion(context, id);
  const letter = await written(context, question, { wanted, by, account });
  return { subject: letter.subject, text: letterAsText(letter), language: letter.language };
}

/** Agrees to it; an e-mail is put into the outbox and handed over. Throws as `agreeToLetter`. */
export async function agreeBy(context: RecordContext, of: string, wanted: LetterWanted, by: Asker): Promise<void> {
  const account = await accountFor(context, wanted);
  const { channel, by: day, address } = wanted;
  const fields = { of, channel, by: day, actor: by.actor, ...(address === undefined ? {} : { address }) };
  const compose = async (question: Question, messageId: string): Promise<Uint8Array> => {
    const letter = await written(context, question, { wanted, by, account });
    if (channel !== "email") return utf8(letterAsPaper(letter));
    return mailOf(context, { question, letter, messageId, from: account?.address ?? "", to: address ?? "" });
  };
  const agreed = await agreeToLetter(context, fields, compose, account?.address.split("@").at(-1) ?? "");
  if (channel !== "email" || account === undefined) return;
  await withOutbox(context, async (outbox) => {
    const envelope = { question: of, sender: account.address, recipient: address ?? "" };
    queueLetter(outbox, agreed, envelope, context.clock.now());
    await sendWaiting(context, outbox, account.smtp);
  });
}

/** Hands over whatever waits, of whichever question; resolves to the account. Throws `usage` where there is none. */
export async function sendAll(context: RecordContext): Promise<MailAccount> {
  const account = await readMailAccount(context.folder.keys);
  if (account === undefined) throw new PlacardError("usage", say("no_mail_account"));
  await withOutbox(context, (outbox) => sendWaiting(context, outbox, account.smtp));
  return account;
}

async function accountFor(
  context: RecordContext,
  { channel, address }: LetterWanted,
): Promise<MailAccount | undefined> {
  const account = await readMailAccount(context.folder.keys);
  if (channel !== "email") return account;
  if (account === undefined) throw new PlacardError("usage", say("no_mail_account"), { next: say("other_ways") });
  if (address === undefined) throw new PlacardError("usage", say("letter_to_nobody"));
  return account;
}

interface Writing {
  readonly wanted: LetterWanted;
  readonly by: Asker;
  readonly account: MailAccount | undefined;
}

async function written(
  context: RecordContext,
  question: Question,
  { wanted, by, account }: Writing,
): Promise<LetterText> {
  const { asked, letters } = question;
  const mail = account === undefined ? undefined : ownAddress(account.address, asked.token);
  if (mail === undefined && wanted.post === undefined) throw new PlacardError("usage", say("no_way_to_reply"));
  const firstOn = letters
    .filter(wentOut)
    .map(({ wentOn }) => wentOn)
    .toSorted()[0];
  return questionLetter(asked, {
    group: context.file.name,
    writer: by.name,
    ...(mail === undefined ? {} : { mail }),
    ...(wanted.post === undefined ? {} : { post: wanted.post }),
    on: dayIn(asked.timeZone, context.clock.now()),
    by: wanted.by,
    number: letters.filter(({ fate }) => fate !== "cancelled").length + 1,
    exhibits: await placesOf(context, asked.exhibits),
    ...(firstOn === undefined ? {} : { firstOn }),
  });
}

/** The question's own address: what is sent there finds it. */
function ownAddress(address: string, token = ""): string {
  const at = address.lastIndexOf("@");
  return `${address.slice(0, at)}+${token}${address.slice(at)}`;
}

/** An address where it can be seen; none of what is not public. */
async function placesOf(context: RecordContext, ids: readonly string[]) {
  const { site } = context.settings;
  const publications = publicationsIn(context);
  return Promise.all(
    ids.map(async (id) => {
      const isSeen = site !== undefined && (await publications.of(id)).isPublic;
      return isSeen ? { id, url: shortAddress(site, id) } : { id };
    }),
  );
}

interface Mailing {
  readonly question: Question;
  readonly letter: LetterText;
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
}

function mailOf(context: RecordContext, { question, letter, messageId, from, to }: Mailing): Promise<Uint8Array> {
  const { id, asked, letters } = question;
  const now = context.clock.now();
  const before = letters.filter(wentOut).at(-1)?.act.messageId;
  const { forum } = asked;
  const entry = forum && {
    uid: `${id}@${from.split("@").at(-1)}`,
    title: letter.subject,
    place: forum.place,
    on: forum.on,
    at: { clock: forum.startsAt, timeZone: asked.timeZone, minutes: FORUM_MINUTES },
  };
  return composeMail({
    from: { name: context.file.name, address: from },
    to: { name: asked.to.person.name, address: to },
    replyTo: ownAddress(from, asked.token),
    subject: letter.subject,
    text: letterAsText(letter),
    html: letterAsMail(letter),
    messageId,
    date: now,
    ...(before === undefined ? {} : { inReplyTo: before }),
    ...(entry === undefined ? {} : { calendar: calendarFile(entry, now) }),
  });
}

/** How long a calendar keeps free for a forum, whose end is not said. */
const FORUM_MINUTES = 120;
