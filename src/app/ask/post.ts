/** Letters out and replies in, by e-mail, and the acts that tell of them. What the outbox knows is sealed here, and noted there once it is. */

import { type Match, matchMail, type SentLetter } from "../../ask/mail/match.ts";
import { type Mail, readMail } from "../../ask/mail/read-mail.ts";
import type { SignatureFact } from "../../ask/mail/signature.ts";
import type { CameIn } from "../../ask/sending/fetch.ts";
import type { Outbox } from "../../ask/sending/outbox.ts";
import { sendNext } from "../../ask/sending/send.ts";
import type { MailServer } from "../../ask/sending/server.ts";
import { PlacardError } from "../../lib/error.ts";
import type { Json } from "../../lib/json.ts";
import type { RecordContext } from "../context.ts";
import { say } from "../said.ts";
import { type Agreed, listQuestions, note, readQuestion } from "./questions.ts";

/**
 * Puts a letter that was agreed to down to be sent. One that a crash left out stays *agreed to* and is never sent by itself: whether an outbox that was brought back
 * from a back-up had sent it, nobody knows. Throws `usage`, `busy`, `storage`.
 */
export function queueLetter(
  outbox: Outbox,
  { id, messageId, bytes }: Agreed,
  envelope: { readonly question: string; readonly sender: string; readonly recipient: string },
  now: number,
): void {
  if (messageId === undefined || bytes === undefined) throw new PlacardError("usage", say("letter_no_mail"));
  outbox.queue({ ...envelope, messageId, letter: id, mail: bytes }, now);
}

/** Sends what waits until the server takes no more, and seals what became of each. Throws `usage`, `busy`, `storage`. */
export async function sendWaiting(context: RecordContext, outbox: Outbox, server: MailServer): Promise<void> {
  outbox.recover(context.clock.now());
  await sealStates(context, outbox);
  for (;;) {
    const handed = await sendNext(outbox, server, () => context.clock.now());
    await sealStates(context, outbox);
    if (handed === undefined || handed.state === "queued") return;
  }
}

/** A crash between sealing and noting seals it once more, which says nothing new. Throws `busy`, `storage`. */
export async function sealStates(context: RecordContext, outbox: Outbox): Promise<void> {
  for (const { messageId, question, letter, state, at, detail } of outbox.unnoted()) {
    if (state === "queued" || state === "handing") continue;
    const source = state === "accepted" || state === "bounced" ? "server" : "member";
    const said = detail.replace(/\s+/g, " ").trim().slice(0, 300);
    await note(context, {
      act: "carried",
      of: question,
      letter,
      state,
      at: new Date(at).toISOString(),
      source,
      ...(said === "" ? {} : { detail: said }),
    });
    outbox.noted(messageId, state);
  }
}

export type TakenIn =
  | { readonly what: "reply" | "report"; readonly question: string }
  /** About no question that is known; it stays in the mailbox, for a person. */
  | { readonly what: "unmatched" }
  /** Nobody may say that nothing came while it is there. */
  | { readonly what: "unreadable"; readonly error: PlacardError };

type Signatures = (bytes: Uint8Array) => Promise<readonly SignatureFact[]>;

function byMember({ report }: Mail, about: string | undefined): Match | undefined {
  if (about === undefined || report !== undefined) return undefined;
  return { question: about, by: "member", fromWhomItWasSentTo: false };
}

/** Takes one mail in: seals it whole with what it shows of itself. Throws `storage`, `busy`. */
export async function takeInMail(
  context: RecordContext,
  { bytes, at }: CameIn,
  signatures: Signatures,
  /** The question that a member says it is about, where nothing in it says of which. */
  about?: string,
): Promise<TakenIn> {
  const mail = await readMail(bytes).catch((error: unknown) => {
    if (error instanceof PlacardError) return error;
    throw error;
  });
  if (mail instanceof PlacardError) return { what: "unreadable", error: mail };
  const match = matchMail(mail, await sentLetters(context)) ?? byMember(mail, about);
  if (match === undefined) return { what: "unmatched" };
  const came = new Date(at).toISOString();
  if (match.by === "report") {
    await sealReports(context, mail, match, came);
    return { what: "report", question: match.question };
  }
  const message = await context.vault.putBlob([bytes], "message/rfc822");
  // A crash after it was sealed and before that was noted hands it over once more.
  const { question } = await readQuestion(context, match.question);
  if (question.replies.some(({ act }) => act.message?.sha256 === message.sha256))
    return { what: "reply", question: match.question };
  const from = mail.from
    .map(({ name, address }) => `${name} <${address}>`.trim())
    .join(", ")
    .slice(0, 300);
  await note(context, {
    act: "replied",
    of: match.question,
    channel: "email",
    at: came,
    nature: natureOf(mail, match),
    message,
    mail: factsOf(mail, match, await signatures(bytes)),
    ...(from === "" ? {} : { from }),
    // What is longer is read from the mail itself, which is there whole.
    ...(mail.text === "" || mail.text.length > LONGEST_TEXT ? {} : { text: mail.text }),
  });
  return { what: "reply", question: match.question };
}

const LONGEST_TEXT = 20_000;

function natureOf(mail: Mail, match: Match): "reply" | "automatic" | "unclear" {
  if (mail.automatic.length > 0) return "automatic";
  return match.fromWhomItWasSentTo ? "reply" : "unclear";
}

function factsOf(
  mail: Mail,
  { by, fromWhomItWasSentTo }: Match,
  signatures: readonly SignatureFact[],
): Record<string, never> {
  const facts: Readonly<Record<string, Json>> = {
    matchedBy: by,
    fromWhomItWasSentTo,
    automatic: mail.automatic.map((sign) => ({ ...sign })),
    signatures: signatures.map((signature) => ({ ...signature })),
  };
  return facts as Record<string, never>;
}

async function sealReports(context: RecordContext, { report }: Mail, match: Match, at: string): Promise<void> {
  for (const { state, status, detail } of report?.each ?? []) {
    const said = [status, detail].filter(Boolean).join(" ").slice(0, 300);
    await note(context, {
      act: "carried",
      of: match.question,
      letter: match.letter ?? "",
      state,
      at,
      source: "report",
      ...(said === "" ? {} : { detail: said }),
    });
  }
}

async function sentLetters(context: RecordContext): Promise<readonly SentLetter[]> {
  return (await listQuestions(context)).flatMap(({ question: { id, asked, letters } }) =>
    letters.flatMap(({ id: letter, act: { messageId, address } }) =>
      messageId === undefined
        ? []
        : [{ question: id, letter, messageId, token: asked.token ?? "", to: (address ?? "").toLowerCase() }],
    ),
  );
}
