/** Signatures of domains (DKIM), with a DNS of our own: no name is looked up anywhere. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import { type ResolveTexts, readSignatures } from "../../../src/ask/mail/signature.ts";
import { concat, utf8 } from "../../../src/lib/bytes.ts";
import { eml, PLAIN } from "./mails.ts";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const record = `v=DKIM1;k=rsa;p=${keys.publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;
const now = Date.parse("2026-05-06T15:00:00Z");
const asked: string[] = [];
const resolve: ResolveTexts = async (name) => {
  asked.push(name);
  if (/^may\._domainkey\.(?:lanterns|post)\.example$/.test(name)) return [[record.slice(0, 200), record.slice(200)]];
  if (name.startsWith("slow.")) throw Object.assign(new Error("no answer"), { code: "ETIMEOUT" });
  throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
};

async function signed(
  mail: Uint8Array,
  { domain = "lanterns.example", selector = "may", maxBodyLength = undefined as number | undefined } = {},
) {
  const signature = {
    signingDomain: domain,
    selector,
    privateKey: keys.privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    ...(maxBodyLength === undefined ? {} : { maxBodyLength }),
  };
  const options = { ...signature, signatureData: [signature], signTime: new Date(now) };
  const { signatures } = await dkimSign(Buffer.from(mail), options);
  return concat(utf8(signatures), mail);
}

const read = (mail: Uint8Array) => readSignatures(mail, { resolve, now });

test("a signature of the sender's domain holds, and the key it was checked with is told", async () => {
  const [fact, ...more] = await read(await signed(PLAIN));
  assert.deepEqual(more, []);
  assert.deepEqual(fact, {
    domain: "lanterns.example",
    selector: "may",
    result: "holds",
    aligned: true,
    unsigned: 0,
    key: record,
  });
  assert.ok(asked.every((name) => name.endsWith(".example")));
});

test("one letter changed, and it fails; of another domain it holds, and is not the sender's", async () => {
  const changed = Buffer.from(await signed(PLAIN))
    .toString("latin1")
    .replace("1 June", "2 June");
  assert.equal((await read(Buffer.from(changed, "latin1")))[0]?.result, "fails");
  const [other] = await read(await signed(PLAIN, { domain: "post.example" }));
  assert.deepEqual([other?.result, other?.aligned], ["holds", false]);
});

test("without the key it is not known; without a signature there is nothing to tell", async () => {
  assert.equal((await read(await signed(PLAIN, { selector: "slow" })))[0]?.result, "unknown");
  const [gone] = await read(await signed(PLAIN, { selector: "gone" }));
  assert.notEqual(gone?.result, "holds");
  assert.deepEqual(await read(PLAIN), []);
});

test("what stands after the part that is signed is told to be unsigned", async () => {
  const mail = await signed(PLAIN, { maxBodyLength: 40 });
  const [fact] = await read(concat(mail, utf8("The lamps stay out.\r\n")));
  assert.ok(fact?.result !== "holds" || fact.unsigned > 0, JSON.stringify(fact));
});

test("a second sender's line makes no signature the sender's", async () => {
  const two = concat(utf8("From: somebody@else.example\r\n"), await signed(PLAIN));
  assert.ok((await read(two)).every(({ result, aligned }) => result !== "holds" || !aligned));
});

test("a signature of a mail that is no mail", async () => {
  for (const mail of [
    eml(""),
    eml("DKIM-Signature: v=1\n\n"),
    eml("DKIM-Signature: v=1; d=lanterns.example; s=may; b=x; bh=y; h=from\nFrom: x\n\n"),
  ])
    assert.ok((await read(mail)).every(({ result }) => result !== "holds"));
});
