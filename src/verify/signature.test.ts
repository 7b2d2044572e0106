import assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { der } from "../../test/timestamp-forger.ts";
import { concat, fromHex, utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { verifySignature } from "./signature.ts";

const message = utf8("A notice on Hollow Lane.");
const ECDSA = { scheme: "ECDSA", hash: "SHA-256" } as const;
const RSA = { scheme: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;
const unsupported = (error: unknown): boolean => isPlacardError(error, "unsupported");

test("a point in another form than the usual one is refused, since browsers differ in what they take", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
  const signature = new Uint8Array(sign("sha256", message, privateKey));
  assert.equal(await verifySignature(ECDSA, spki, signature, message), true);
  const [algorithm, point] = [spki.subarray(2, -68), spki.subarray(-65)];
  const odd = (point[64] as number) & 1;
  const [compressed, hybrid] = [point.slice(0, 33), point.slice()];
  compressed[0] = 2 + odd;
  hybrid[0] = 6 + odd;
  for (const form of [compressed, hybrid]) {
    const bits = concat(new Uint8Array([3, form.length + 1, 0]), form);
    const other = concat(new Uint8Array([0x30, algorithm.length + bits.length]), algorithm, bits);
    await assert.rejects(verifySignature(ECDSA, other, signature, message), unsupported);
  }
});

test("a key that only some libraries read is refused: no NULL, bits left over, negative numbers", async () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { n = "", e = "" } = rsa.publicKey.export({ format: "jwk" });
  const [modulus, exponent] = [n, e].map((part) => new Uint8Array(Buffer.from(part, "base64url")));
  const plain = new Uint8Array(rsa.publicKey.export({ type: "spki", format: "der" }));
  const algorithm = plain.slice(4, 4 + 15);
  const without = concat(new Uint8Array([0x30, 11]), algorithm.subarray(2, -2));
  const spkiOf = (numbers: readonly Uint8Array[], named: Uint8Array, unused = 0): Uint8Array =>
    der(0x30, named, der(3, [unused], der(0x30, ...numbers.map((number) => der(2, number)))));
  const signed = new Uint8Array(sign("sha256", message, rsa.privateKey));
  const positive = concat(new Uint8Array(1), modulus as Uint8Array);
  const usual = [positive, exponent as Uint8Array];
  assert.deepEqual(spkiOf(usual, algorithm), plain);
  assert.equal(await verifySignature(RSA, plain, signed, message), true);
  for (const odd of [
    spkiOf([modulus as Uint8Array, exponent as Uint8Array], algorithm),
    spkiOf([positive, new Uint8Array([0x80, 0, 0, 1])], algorithm),
    spkiOf(usual, without),
    spkiOf(usual, algorithm, 1),
  ]) {
    await assert.rejects(verifySignature(RSA, odd, signed, message), unsupported);
  }
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = new Uint8Array(ec.publicKey.export({ type: "spki", format: "der" }));
  const signature = new Uint8Array(sign("sha256", message, ec.privateKey));
  spki[spki.length - 66] = 1;
  await assert.rejects(verifySignature(ECDSA, spki, signature, message), unsupported);
});

test("an RSA key that anybody can sign with, or that no library could make, is refused", async () => {
  const jwk = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" });
  const spkiOf = (change: { readonly n?: string; readonly e?: string }): Uint8Array =>
    new Uint8Array(
      createPublicKey({ key: { ...jwk, ...change }, format: "jwk" }).export({ type: "spki", format: "der" }),
    );
  const digest = concat(
    fromHex("3031300d060960864801650304020105000420", 19),
    new Uint8Array(createHash("sha256").update(message).digest()),
  );
  // What an exponent of 1 makes of itself: the padded digest is its own signature.
  const padding = concat(new Uint8Array([0, 1]), new Uint8Array(256 - 3 - digest.length).fill(0xff), new Uint8Array(1));
  const signature = concat(padding, digest);
  assert.equal(await verifySignature(RSA, spkiOf({}), signature, message), false);
  const modulus = Buffer.from(jwk.n as string, "base64url");
  modulus[255] = (modulus[255] as number) & 0xfe;
  for (const change of [{ e: "AQ" }, { e: "Ag" }, { n: modulus.toString("base64url") }]) {
    await assert.rejects(
      verifySignature(RSA, spkiOf(change), signature, message),
      unsupported,
      JSON.stringify(change.e),
    );
  }
});
