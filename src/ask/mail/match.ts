/** Which letter a mail is about: by the letter's id, which was fixed before it was sent, or by the question's own address. */
import type { Mail } from "./read-mail.ts";

export interface SentLetter {
  readonly question: string;
  readonly letter: string;
  readonly messageId: string;
  /** What stands after the plus sign in the address that replies go to; nobody can guess it. */
  readonly token: string;
  /** To whom it was sent, in lower case. */
  readonly to: string;
}

export interface Match {
  readonly question: string;
  /** Where it is known of which letter. */
  readonly letter?: string;
  /** `member`: somebody of the group says so. */
  readonly by: "report" | "messageId" | "token" | "member";
  /** Whether it says it is from the address the letter went to. Anybody can write that, and an office may answer from another. */
  readonly fromWhomItWasSentTo: boolean;
}

export function matchMail(mail: Mail, letters: readonly SentLetter[]): Match | undefined {
  const from = new Set(mail.from.map(({ address }) => address));
  const matched = (letter: SentLetter, by: Match["by"]): Match => ({
    question: letter.question,
    ...(by === "token" ? {} : { letter: letter.letter }),
    by,
    fromWhomItWasSentTo: from.has(letter.to),
  });
  const { report, answers } = mail;
  if (report !== undefined) {
    const about = letters.find(({ messageId }) => messageId === report.messageId);
    return about === undefined ? undefined : matched(about, "report");
  }
  const answering = letters.find(({ messageId }) => answers.includes(messageId));
  if (answering !== undefined) return matched(answering, "messageId");
  const tokens = new Set(mail.to.map((address) => /\+([a-z0-9]{8,})@/.exec(address)?.[1]));
  const addressed = letters.find(({ token }) => tokens.has(token.toLowerCase()));
  return addressed === undefined ? undefined : matched(addressed, "token");
}
