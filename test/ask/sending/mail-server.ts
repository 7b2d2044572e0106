/** A real mail server on this machine, which takes, puts off, turns away, or goes silent, by whom a letter is for. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { MailServer } from "../../../src/ask/sending/server.ts";

export const PASSWORD = "a-lantern-in-the-mill";

export interface Received {
  readonly bytes: Buffer;
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly envelopeId: string | undefined;
}

export interface RunningServer extends AsyncDisposable {
  readonly server: MailServer;
  /** What it took, with its word for it; of `silent@` it took the letter and gave no word. */
  readonly received: readonly Received[];
}

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** `slow`: how long it thinks before it gives its word, milliseconds. */
export async function startMailServer({ slow = 0 } = {}): Promise<RunningServer> {
  const received: Received[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    allowInsecureAuth: true,
    authMethods: ["PLAIN"],
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      password === PASSWORD ? done(null, { user: username }) : done(refusal(535, "not this password")),
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith("nobody@")) return done(refusal(550, "no such mailbox"));
      if (address.startsWith("later@")) return done(refusal(451, "come again"));
      return done();
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const bytes = Buffer.concat(parts);
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo[0]?.address ?? "";
        received.push({
          bytes,
          messageId: /^Message-ID: (.*)$/im.exec(bytes.toString("latin1"))?.[1]?.trim() ?? "",
          from: mailFrom === false ? "" : mailFrom.address,
          to,
          envelopeId: (session.envelope as { readonly dsn?: { readonly envid?: string } }).dsn?.envid,
        });
        if (to.startsWith("silent@")) return void ((session as { readonly id: string }) && closeAll());
        if (to.startsWith("spam@")) return void done(refusal(554, "not taken"));
        return void setTimeout(() => done(null), slow);
      });
    },
  });
  const closeAll = (): void => {
    for (const connection of (
      smtp as unknown as { readonly connections: Set<Readonly<Record<"_socket", { destroy(): void }>>> }
    ).connections)
      connection["_socket"].destroy();
  };
  smtp.on("error", () => undefined);
  smtp.listen(0, "127.0.0.1");
  await once(smtp.server, "listening");
  const { port } = smtp.server.address() as AddressInfo;
  return {
    server: { host: "127.0.0.1", port, security: "none", user: "questions", password: PASSWORD },
    received,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => smtp.close(() => resolve())),
  };
}
