/** Hands letters over to a mail server (SMTP), each at most once (outbox.ts). */
import { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";
import type { Outbox, OutgoingLetter } from "./outbox.ts";
import { type MailServer, mayGoBare } from "./server.ts";

const PATIENCE_MS = 60_000;

export interface Handed {
  readonly messageId: string;
  readonly state: "queued" | "accepted" | "bounced" | "uncertain";
  /** What the server said, or why it could not be reached. */
  readonly detail: string;
}

/**
 * Hands over the oldest letter that waits; undefined where none does. What the server did not take for now waits again. Its word is what counts: where it did
 * not give one after the letter's first byte, the letter may have been sent, and stays so. Throws `usage`, `busy`, `storage`.
 */
export async function sendNext(outbox: Outbox, server: MailServer, now: () => number): Promise<Handed | undefined> {
  if (server.security === "none" && !mayGoBare(server)) throw new PlacardError("usage", say("mail_needs_tls"));
  const letter = outbox.take(now());
  if (letter === undefined) return undefined;
  const { state, detail } = await handOver(letter, server);
  outbox.settle(letter.messageId, state, now(), detail);
  return { messageId: letter.messageId, state, detail };
}

async function handOver(letter: OutgoingLetter, server: MailServer): Promise<Omit<Handed, "messageId">> {
  const { host, port, security, user, password } = server;
  const transport = createTransport({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
  });
  let begun = false;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    begun = true;
    yield letter.mail;
  }
  try {
    const { response } = await transport.sendMail({
      envelope: { from: letter.sender, to: [letter.recipient] },
      raw: Readable.from(bytes(), { objectMode: false }),
      // What a server is asked to report, and by which name; one that knows no reports is sent it all the same.
      dsn: {
        id: letter.messageId,
        return: "headers",
        notify: ["success", "failure", "delay"],
        recipient: `rfc822;${letter.recipient}`,
      },
    });
    return { state: "accepted", detail: response };
  } catch (error) {
    return failed(error, begun);
  } finally {
    transport.close();
  }
}

function failed(error: unknown, begun: boolean): Omit<Handed, "messageId"> {
  const { message, responseCode } = error as { readonly message: string; readonly responseCode?: number };
  const detail = message.split("\n", 1)[0] ?? "";
  if (responseCode !== undefined && responseCode >= 400)
    return { state: isForGood(error) ? "bounced" : "queued", detail };
  return { state: begun ? "uncertain" : "queued", detail };
}

/** A server that does not know this account, or is shut, has said nothing of the letter. */
function isForGood(error: unknown): boolean {
  const { responseCode = 0, code = "" } = error as { readonly responseCode?: number; readonly code?: string };
  return responseCode >= 500 && (code === "EENVELOPE" || code === "EMESSAGE");
}
