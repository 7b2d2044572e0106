/** Sends what waits in an outbox until it is killed, and says what it was told of each. Arguments: the outbox, the server's port. */
import { setTimeout as sleep } from "node:timers/promises";
import { openOutbox } from "../../../src/ask/sending/outbox.ts";
import { sendNext } from "../../../src/ask/sending/send.ts";
import { PASSWORD } from "./mail-server.ts";

const [, , path = "", port = ""] = process.argv;
const outbox = await openOutbox(path);
outbox.recover(Date.now());
process.stdout.write("ready\n");
for (;;) {
  const server = {
    host: "127.0.0.1",
    port: Number(port),
    security: "none",
    user: "questions",
    password: PASSWORD,
  } as const;
  const handed = await sendNext(outbox, server, Date.now);
  if (handed === undefined) await sleep(5);
  else process.stdout.write(`${handed.state} ${handed.messageId}\n`);
}
