/** From a real mailbox into the record: replies and reports as what they are, with their signatures; the rest is counted and left. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import { DELIVERED, LETTER_ID, PLAIN } from "../../../test/ask/mail/mails.ts";
import { hasDovecot, startMailboxes } from "../../../test/ask/sending/imap-server.ts";
import { asked as invented } from "../../../test/ask/writing/letters.ts";
import { openOutbox } from "../../ask/sending/outbox.ts";
import { writeMailAccount } from "../../vault/mail-account.ts";
import type { RecordContext } from "../context.ts";
import { initRecord } from "../init-record.ts";
import { openContext } from "../open-record.ts";
import { fetchReplies, refuseLook } from "./fetch-replies.ts";
import { agreeToLetter, askQuestion, note, readQuestion } from "./questions.ts";

const needsDovecot = {
  skip:
    hasDovecot || process.env["CI"]
      ? false
      : "Dovecot (dovecot-imapd) is not there; PLACARD_DOVECOT names where it was unpacked",
};

test(
  "replies and reports are sealed once, with whose domain signed them; strangers' mail is counted and left",
  needsDovecot,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "placard-fetch-"));
    const mailFolder = await mkdtemp(join(tmpdir(), "placard-imap-"));
    await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
    await using opened = await openContext(join(folder, "record"));
    await using mailboxes = await startMailboxes(mailFolder);
    const { context } = opened;
    const outbox = await openOutbox(context.folder.outbox);
    try {
      const { act: _, promise: __, token: ___, ...fields } = invented("en");
      const by = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
      const { id: of } = await askQuestion(context, { ...fields, by });
      const letter = { of, channel: "email", by, address: "W.Thornby@lanterns.example" } as const;
      const { messageId = "" } = await agreeToLetter(
        context,
        letter,
        async () => Buffer.from("x"),
        "ask.hollow.example",
      );
      const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const about = (mail: Uint8Array): Buffer =>
        Buffer.from(Buffer.from(mail).toString("latin1").replaceAll(LETTER_ID, messageId), "latin1");
      const signature = {
        signingDomain: "lanterns.example",
        selector: "may",
        privateKey: keys.privateKey.export({ type: "pkcs8", format: "pem" }) as string,
      };
      const { signatures } = await dkimSign(about(PLAIN), { ...signature, signatureData: [signature] });
      mailboxes.deliver(Buffer.concat([Buffer.from(signatures), about(PLAIN)]), { name: "1000.a" });
      mailboxes.deliver(about(DELIVERED), { name: "1001.b" });
      mailboxes.deliver(Buffer.from("From: other@else.example\r\n\r\nBuy lamps.\r\n"), { name: "1002.c" });
      mailboxes.deliver(Buffer.from(`From: a@else.example\r\nX-Long: ${"x".repeat(400_000)}\r\n\r\n`), {
        name: "1003.d",
      });
      const key = `v=DKIM1; p=${keys.publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;
      const fetch = () =>
        fetchReplies(context, outbox, mailboxes.server, {
          folder: "INBOX",
          since: Date.now() - 86_400_000,
          resolve: async (name) => (name === "may._domainkey.lanterns.example" ? [[key]] : []),
        });
      assert.deepEqual(await fetch(), { replies: 1, reports: 1, unmatched: 1, unread: 1 });
      assert.deepEqual(await fetch(), { replies: 0, reports: 0, unmatched: 1, unread: 1 });
      const { question, status } = await readQuestion(context, of);
      assert.equal(status.code, "replyCame");
      assert.equal(question.letters[0]?.fate, "delivered");
      assert.equal(question.replies.length, 1);
      const later: RecordContext = { ...context, clock: { now: () => Date.now() + 30 * 86_400_000 } };
      const account = { address: "q@ask.hollow.example", smtp: mailboxes.server, imap: mailboxes.server };
      await writeMailAccount(opened.context.folder.keys, account);
      const { id: other } = await askQuestion(context, { ...fields, by });
      await agreeToLetter(context, { ...letter, of: other }, async () => Buffer.from("x"), "ask.hollow.example");
      const { id: sent = "" } = (await readQuestion(context, other)).question.letters[0] ?? {};
      const at = new Date().toISOString();
      await note(context, { act: "carried", of: other, letter: sent, state: "accepted", at, source: "server" });
      await assert.rejects(refuseLook(later, of), /Something came/);
      await assert.rejects(refuseLook(later, other), /lie 2 mails/);
      const { act } = question.replies[0] ?? assert.fail();
      assert.equal(act.nature, "reply");
      const [fact] = (act.mail?.["signatures"] ?? []) as unknown as readonly {
        readonly domain: string;
        readonly result: string;
        readonly aligned: boolean;
      }[];
      assert.deepEqual([fact?.domain, fact?.result, fact?.aligned], ["lanterns.example", "holds", true]);
    } finally {
      outbox.close();
      await rm(folder, { recursive: true });
      await rm(mailFolder, { recursive: true, force: true });
    }
  },
);
