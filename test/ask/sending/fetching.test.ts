/** Mail out of a real mailbox: each taken in once, the mailbox left as it is, a letter found again by its Message-ID. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readMail } from "../../../src/ask/mail/read-mail.ts";
import { fetchMail, hasMail } from "../../../src/ask/sending/fetch.ts";
import { openOutbox } from "../../../src/ask/sending/outbox.ts";
import { isPlacardError } from "../../../src/lib/error.ts";
import { DELIVERED, LETTER_ID, OUT_OF_OFFICE, PLAIN } from "../mail/mails.ts";
import { hasDovecot, startMailboxes } from "./imap-server.ts";

const needsDovecot = {
  skip:
    hasDovecot || process.env["CI"]
      ? false
      : "Dovecot (dovecot-imapd) is not there; PLACARD_DOVECOT names where it was unpacked",
};

test("what came is taken in once, in order, whole, and also after a crash between", needsDovecot, async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-imap-"));
  const outbox = await openOutbox(join(await mkdtemp(join(tmpdir(), "placard-imap-outbox-")), "outbox.sqlite"));
  await using mailboxes = await startMailboxes(folder);
  try {
    const taken: string[] = [];
    const options = { folder: "INBOX", since: Date.now() - 86_400_000 };
    const noteSubject = async (bytes: Uint8Array): Promise<boolean> => {
      taken.push((await readMail(bytes)).subject);
      return true;
    };
    const fetch = (take = noteSubject) =>
      fetchMail(outbox, mailboxes.server, { ...options, take: ({ bytes }) => take(bytes) });
    assert.deepEqual(await fetch(), { taken: 0, tooLarge: 0 });
    mailboxes.deliver(PLAIN, { name: "1000.a" });
    const same = async (bytes: Uint8Array): Promise<boolean> => Buffer.from(bytes).equals(Buffer.from(PLAIN));
    assert.deepEqual(await fetch(async (bytes) => !(await same(bytes))), { taken: 0, tooLarge: 0 });
    assert.deepEqual(await fetch(same), { taken: 1, tooLarge: 0 }, "what was not taken comes again");
    mailboxes.deliver(OUT_OF_OFFICE, { name: "1001.b" });
    mailboxes.deliver(DELIVERED, { name: "1002.c" });
    let calls = 0;
    const dies = fetch(async () => {
      if (++calls === 2) throw new Error("killed");
      return true;
    });
    await assert.rejects(dies, { message: "killed" });
    assert.deepEqual(await fetch(), { taken: 1, tooLarge: 0 });
    assert.deepEqual(taken, ["Delivery Status Notification"]);
    assert.deepEqual(await fetch(), { taken: 0, tooLarge: 0 });
    // Dovecot moves what was listed to cur; whatever is marked as read has an S after its name.
    const names = await readdir(join(folder, "Maildir", "cur"));
    const left = [...names, ...(await readdir(join(folder, "Maildir", "new")))];
    assert.equal(left.length, 3);
    assert.ok(
      left.every((name) => !/,[A-Z]*S/.test(name)),
      left.join(),
    );
  } finally {
    outbox.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test("a letter that may have been sent is found among what was sent", needsDovecot, async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-imap-"));
  await using mailboxes = await startMailboxes(folder);
  try {
    assert.equal(await hasMail(mailboxes.server, "Sent", LETTER_ID), false);
    mailboxes.deliver(Buffer.from(`Message-ID: ${LETTER_ID}\r\nFrom: q@ask.hollow.example\r\n\r\nThe lamps.\r\n`), {
      name: "1000.s",
      sent: true,
    });
    assert.equal(await hasMail(mailboxes.server, "Sent", LETTER_ID), true);
    assert.equal(await hasMail(mailboxes.server, "Sent", "<another@ask.hollow.example>"), false);
    await assert.rejects(hasMail(mailboxes.server, "Nowhere", LETTER_ID), (error) => isPlacardError(error, "remote"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a server that is not there, or is to be spoken to in the clear elsewhere, is told of", async () => {
  const gone = { host: "127.0.0.1", port: 1, security: "none" } as const;
  await assert.rejects(hasMail(gone, "INBOX", LETTER_ID), (error) => isPlacardError(error, "remote"));
  await assert.rejects(hasMail({ ...gone, host: "mail.hollow.example" }, "INBOX", LETTER_ID), (error) =>
    isPlacardError(error, "usage"),
  );
});
