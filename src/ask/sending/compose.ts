/** A letter as the bytes that go over the wire, made once, before it is queued: what is sealed of it is what is sent. */
import MailComposer from "nodemailer/lib/mail-composer";

export interface MailParts {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  /** The question's own address. */
  readonly replyTo: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** Of the letter before, in a reminder. */
  readonly inReplyTo?: string;
  readonly date: number;
  readonly calendar?: string;
}

export async function composeMail(parts: MailParts): Promise<Uint8Array> {
  const { from, to, replyTo, subject, text, html, messageId, inReplyTo, date, calendar } = parts;
  const composer = new MailComposer({
    from,
    to,
    replyTo,
    subject,
    text,
    html,
    messageId,
    date: new Date(date),
    ...(inReplyTo === undefined ? {} : { inReplyTo, references: inReplyTo }),
    ...(calendar === undefined
      ? {}
      : {
          attachments: [
            { filename: "forum.ics", content: calendar, contentType: "text/calendar; charset=utf-8; method=PUBLISH" },
          ],
        }),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: "\r\n",
  });
  return await composer.compile().build();
}
