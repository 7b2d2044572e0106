/** Mail that came (IMAP). The mailbox is read and never changed: nothing is deleted in it, and nothing marked as read. */
import { hash } from "node:crypto";
import { ImapFlow } from "imapflow";
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import { LARGEST_MAIL } from "../mail/read-mail.ts";
import { say } from "../said.ts";
import type { Outbox } from "./outbox.ts";
import { type MailServer, mayGoBare } from "./server.ts";

const PATIENCE_MS = 60_000;

export interface Fetched {
  readonly taken: number;
  /** Not looked at: nobody may say that nothing came while there are any. */
  readonly tooLarge: number;
}

export interface CameIn {
  readonly bytes: Uint8Array;
  /** When the server had it, milliseconds since 1970. What the mail itself says of that, anybody may have written. */
  readonly at: number;
}

/**
 * Hands over each mail of a folder since `since` that was not taken in before, oldest first. It counts as taken once `take` has said so (true); a crash in
 * between, and every later call where it says no, hands it over once more. Throws `remote`, `usage`, and what `take` throws.
 */
export async function fetchMail(
  outbox: Outbox,
  server: MailServer,
  options: { readonly folder: string; readonly since: number; readonly take: (mail: CameIn) => Promise<boolean> },
): Promise<Fetched> {
  let ours: { readonly error: unknown } | undefined;
  const take = (mail: CameIn): Promise<boolean> =>
    options.take(mail).catch((error: unknown) => {
      ours = { error };
      throw error;
    });
  const fetched = inFolder(server, options.folder, async (client) => {
    let [taken, tooLarge] = [0, 0];
    const found = await client.search({ since: new Date(options.since) }, { uid: true });
    for (const uid of [...(found || [])].toSorted((a, b) => a - b)) {
      const about = await client.fetchOne(String(uid), { size: true, internalDate: true }, { uid: true });
      if (about === false) continue;
      if ((about.size ?? 0) > LARGEST_MAIL) {
        tooLarge++;
        continue;
      }
      const got = await client.fetchOne(String(uid), { source: true }, { uid: true });
      if (got === false || got.source === undefined) continue;
      const sha256 = hash("sha256", got.source, "hex");
      if (outbox.isTaken(sha256)) continue;
      if (!(await take({ bytes: got.source, at: new Date(about.internalDate ?? 0).getTime() }))) continue;
      outbox.markTaken(sha256);
      taken++;
    }
    return { taken, tooLarge };
  });
  return fetched.catch((error: unknown) => {
    throw ours === undefined ? error : ours.error;
  });
}

/** Whether a folder, such as that of what was sent, has a mail of this Message-ID. Throws `remote`, `usage`. */
export async function hasMail(server: MailServer, folder: string, messageId: string): Promise<boolean> {
  return inFolder(server, folder, async (client) => {
    const found = await client.search({ header: { "message-id": messageId } }, { uid: true });
    return (found || []).length > 0;
  });
}

async function inFolder<T>(server: MailServer, folder: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const { host, port, security, user, password } = server;
  if (security === "none" && !mayGoBare(server)) throw new PlacardError("usage", say("mail_needs_tls"));
  const client = new ImapFlow({
    host,
    port,
    secure: security === "tls",
    doSTARTTLS: security === "starttls",
    logger: false,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
  });
  // It is told of by whatever waits, and would end the process if nobody listened.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.mailboxOpen(folder, { readOnly: true });
    return await work(client);
  } catch (error) {
    if (isPlacardError(error)) throw error;
    const why = (error as Error).message.split("\n", 1)[0] ?? "";
    throw new PlacardError("remote", say("mail_server_failed", { why }), { cause: error });
  } finally {
    client.close();
  }
}
